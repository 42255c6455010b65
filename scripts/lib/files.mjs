/** Files that are either there completely or not at all. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file through a temporary one, so that an interrupted run leaves no half of it. */
export async function writeAtomically(file, content, options) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content, options);
  await rename(temporary, file);
}

/** The text of a file, or undefined when it does not exist. */
export async function readIfThere(file) {
  return readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
