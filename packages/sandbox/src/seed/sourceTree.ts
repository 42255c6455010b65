import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Path with `/` to text. */
export type Files = Record<string, string>;

/** What is built, installed or personal: never part of a repository. */
const ignored = [
  /^(node_modules|dist|dist-types|coverage|\.git|\.cache|\.DS_Store|\.env(\..*)?)$/,
  /\.(log|swp|local\.yaml)$/,
];

/**
 * The text files below some files and folders of a checkout; what does not exist is left out.
 * @param root - absolute
 * @param entries - relative to root
 */
export async function readTree(root: string, entries: string[]): Promise<Files> {
  const files: Files = {};
  const visit = async (relative: string): Promise<void> => {
    const absolute = path.join(root, relative);
    const info = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (info?.isFile()) files[relative] = await readFile(absolute, 'utf8');
    if (!info?.isDirectory()) return;
    for (const name of (await readdir(absolute)).sort()) {
      if (!ignored.some(pattern => pattern.test(name))) await visit(`${relative}/${name}`);
    }
  };
  for (const entry of entries) await visit(entry);
  return files;
}

/** A hash over paths and texts, to notice changes. */
export function hashOf(files: Files): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).sort()) hash.update(`\0${name}\0${files[name]}`);
  return hash.digest('hex');
}
