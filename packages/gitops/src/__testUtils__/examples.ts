import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './testTree';

/** The files of one of the repositories in `examples/`, by path. */
export function exampleFiles(name: string): Record<string, string> {
  return filesOf(path.join(repositoryRoot, 'examples', name), '');
}

/** The files in a folder of this repository, by path from its root. */
export function filesBelow(folder: string): Record<string, string> {
  return filesOf(repositoryRoot, folder);
}

function filesOf(root: string, folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .map(file => [path.relative(root, file), readFileSync(file, 'utf8')]),
  );
}
