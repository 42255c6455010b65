import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** The first helm of a search path; `undefined` when there is none. */
export async function findHelm(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    // Absolute, because it is run from within the tree, which must not bring a program of its own.
    const candidate = path.resolve(folder, process.platform === 'win32' ? 'helm.exe' : 'helm');
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** Whether a path is a program that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not for us: either way it is none.
    return false;
  }
}
