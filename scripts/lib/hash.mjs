/** Content hashes of source files: what decides whether something is stale. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'dist-types', 'coverage', '.git', '.cache']);

/**
 * All files below the given files and folders, sorted, relative to `root`, with `/` between names. What does not exist is
 * left out; build results and dependencies are skipped.
 */
export async function listFiles(root, entries) {
  const found = [];
  const visit = async relative => {
    const info = await stat(path.join(root, relative)).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (info?.isFile()) found.push(relative);
    if (!info?.isDirectory()) return;
    for (const name of await readdir(path.join(root, relative))) {
      if (!skipped.has(name)) await visit(`${relative}/${name}`);
    }
  };
  for (const entry of entries) await visit(entry);
  return found.sort();
}

/** A SHA-256 over names and contents of the files and some further text; the same on every machine. */
export async function hashFiles(root, entries, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of await listFiles(root, entries)) {
    hash.update(`\0${file}\0`).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}
