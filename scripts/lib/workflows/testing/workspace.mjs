/**
 * Runs the scripts inside of the workflows as GitHub's runner would, on a GitOps tree of their own. `npm` is a stand-in that
 * runs the built CLI without setting anything up first.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withoutGitRepository } from '../../environment.mjs';
import { binDir, root } from '../../paths.mjs';
import { run } from '../../processes.mjs';
import { stepScript } from '../read.mjs';

const cli = path.join(root, 'packages/gitops-cli/dist/main.cjs');
const npm = `#!/bin/sh
while [ "$1" != "--" ]; do shift; done; shift
exec "${process.execPath}" "${cli}" "$@"
`;

/** A folder as a job has it, with a checkout of this repository's gitops/ and charts/ in `tree`. Remove it with `remove`. */
export async function makeWorkspace() {
  const folder = await mkdtemp(path.join(tmpdir(), 'workflow-steps-'));
  const tree = path.join(folder, 'tree');
  await mkdir(path.join(folder, 'bin'));
  await writeFile(path.join(folder, 'bin', 'npm'), npm, { mode: 0o755 });
  for (const name of ['gitops', 'charts']) {
    await cp(path.join(root, name), path.join(tree, name), { recursive: true });
  }
  await writeFile(path.join(tree, 'README.md'), 'A platform\n');
  // What a stopped server has just let go of may still be on its way out.
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const workspace = { folder, tree, remove };
  await git(workspace, 'init', '--quiet', '--initial-branch=main');
  await git(workspace, 'add', '--all');
  await git(workspace, 'commit', '--quiet', '--message=base');
  return workspace;
}

/** Runs git in the tree as a person who has a name. */
export async function git({ tree }, ...args) {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const env = withoutGitRepository(process.env);
  const { code, output } = await run('git', [...identity, '-C', tree, ...args], { env });
  assert.equal(code, 0, output);
}

/** Changes a file of the tree; a change that changes nothing is a mistake of the test. */
export async function edit({ tree }, file, change) {
  const text = await readFile(path.join(tree, file), 'utf8');
  const changed = change(text);
  assert.notEqual(changed, text, file);
  await writeFile(path.join(tree, file), changed);
}

/**
 * Runs a step with the shell options of GitHub's runner.
 * @returns exit code, output, the step's outputs and what it added to the summary
 */
export async function runStep({ folder }, workflow, step, { cwd = folder, env = {} } = {}) {
  const outputFile = path.join(folder, 'outputs');
  const summaryFile = path.join(folder, 'summary.md');
  await Promise.all([writeFile(outputFile, ''), writeFile(summaryFile, '')]);
  const script = await stepScript(workflow, step);
  const result = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: {
      ...withoutGitRepository(process.env),
      PATH: [path.join(folder, 'bin'), process.env.PATH, binDir].join(path.delimiter),
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
      ...env,
    },
  });
  const lines = (await readFile(outputFile, 'utf8')).split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map(line => line.split('=')));
  return { ...result, outputs, summary: await readFile(summaryFile, 'utf8') };
}
