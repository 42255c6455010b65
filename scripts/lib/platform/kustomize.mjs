/** Which folders of the platform tree are rendered: those that no other folder takes in. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { listFiles } from '../hash.mjs';
import { root } from '../paths.mjs';

/**
 * The folders with a kustomization.yaml below `folder` that are applied by themselves.
 * @returns `{ folder, scenario }`: the folder relative to the checkout, the scenario a name for it
 */
export async function kustomizeRoots(folder = 'gitops/platform', checkout = root) {
  const require = createRequire(path.join(root, 'packages', 'gitops-cli', 'package.json'));
  const files = (await listFiles(checkout, [folder])).filter(
    file => path.basename(file) === 'kustomization.yaml',
  );
  const takenIn = new Set();
  const folders = [];
  for (const file of files) {
    const content = require('yaml').parse(await readFile(path.join(checkout, file), 'utf8'));
    const own = path.dirname(file);
    for (const entry of [...(content.resources ?? []), ...(content.components ?? [])]) {
      takenIn.add(path.normalize(path.join(own, entry)));
    }
    // A component is a part that only works within another folder.
    if (content.kind !== 'Component') folders.push(own);
  }
  return folders
    .filter(name => !takenIn.has(name))
    .map(name => ({ folder: name, scenario: name.split('/').slice(1).join('-') }));
}
