/** Where the bootstrap keeps things. Everything is inside the checkout, so that removing the checkout removes all of it. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const toolsDir = path.join(root, '.tools');
export const logDir = path.join(toolsDir, 'logs');
/** Programs that are not npm packages: helm, kubectl. */
export const binDir = path.join(toolsDir, 'bin');

/** The absolute path of a program on a PATH, or undefined. */
export async function which(name, searchPath = process.env.PATH ?? '') {
  for (const folder of searchPath.split(path.delimiter)) {
    if (!folder) continue;
    const candidate = path.resolve(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Whether a file exists and may be run. */
export async function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Whether a file or folder exists. */
export async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
