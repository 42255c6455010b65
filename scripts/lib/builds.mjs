/** What is built from sources, and when it is stale. */
import path from 'node:path';
import { readIfThere, writeAtomically } from './files.mjs';
import { hashFiles } from './hash.mjs';
import { exists, logDir, root } from './paths.mjs';
import { runStep } from './processes.mjs';

/**
 * Every build: `folder` with the result in `dist`, `sources` that it depends on, `args` for Yarn, and `result`, a file that
 * is there when it worked.
 */
export const builds = {
  'demo-api': {
    title: 'Building demo-api',
    folder: 'services/demo-api',
    sources: ['services/demo-api', 'yarn.lock'],
    result: 'dist/main.js',
  },
  sandbox: {
    title: 'Building the embedded platform',
    folder: 'packages/sandbox',
    sources: [
      'packages/sandbox/src',
      'packages/sandbox/build.mjs',
      'packages/sandbox/package.json',
      'packages/gitops-cli/src',
      'packages/gitops/src',
      'plugins/tenant-releases-common/src',
      'yarn.lock',
    ],
    result: 'dist/main.cjs',
  },
  'gitops-cli': {
    title: 'Building the GitOps CLI',
    folder: 'packages/gitops-cli',
    sources: [
      'packages/gitops-cli/src',
      'packages/gitops-cli/build.mjs',
      'packages/gitops-cli/package.json',
      'packages/gitops/src',
      'plugins/tenant-releases-common/src',
      'yarn.lock',
    ],
    result: 'dist/main.cjs',
  },
  app: {
    title: 'Building the portal for the browser (about a minute)',
    folder: 'packages/app',
    sources: [
      'packages/app',
      'scripts/hideUpstreams.mjs',
      'plugins/tenant-releases',
      'plugins/tenant-releases-common',
      'app-config.yaml',
      'yarn.lock',
    ],
    result: 'dist/index.html',
  },
};

/**
 * Builds what is stale, one after another.
 * @param names - keys of {@link builds}
 */
export async function buildStale(names, runtime, environment) {
  for (const name of names) {
    const { title, folder, sources, result } = builds[name];
    // Kept inside the result, written last: an interrupted build or a removed dist is built anew.
    const stateFile = path.join(root, folder, 'dist', '.tenant-portal-state');
    const state = await hashFiles(root, sources);
    const current = await readIfThere(stateFile);
    if (current === state && (await exists(path.join(root, folder, result)))) continue;
    await runStep(title, runtime.node, [runtime.yarn, 'build'], {
      cwd: path.join(root, folder),
      env: environment,
      logDir,
      cure: 'The lines above say where the source is at fault.',
    });
    await writeAtomically(stateFile, state);
  }
}
