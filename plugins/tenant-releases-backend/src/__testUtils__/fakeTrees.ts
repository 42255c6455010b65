import { createHash } from 'node:crypto';

/** Text by path. */
export type Files = ReadonlyMap<string, string>;

/** Id of a content. */
export function sha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** A folder's recursive tree. */
export function blobsOf(files: Files): object[] {
  return [...files].map(([path, text]) => ({ path, type: 'blob', sha: sha(text) }));
}

/** The first level of a folder. */
export function levelOf(files: Files): object[] {
  const own = new Map([...files].filter(([path]) => !path.includes('/')));
  const folders = [...foldersOf(files)].map(([path, below]) => ({
    path,
    type: 'tree',
    sha: shaOfFolder(below),
  }));
  return [...blobsOf(own), ...folders];
}

/** The folder with this id in any commit. */
export function findFolder(commits: ReadonlyArray<{ files: Files }>, id: string) {
  const findIn = (files: Files): Files | undefined => {
    for (const below of foldersOf(files).values()) {
      const found = shaOfFolder(below) === id ? below : findIn(below);
      if (found) return found;
    }
    return undefined;
  };
  for (const { files } of commits) {
    const found = findIn(files);
    if (found) return found;
  }
  return undefined;
}

/** The files below each folder of the first level, with paths from that folder. */
function foldersOf(files: Files): Map<string, Map<string, string>> {
  const folders = new Map<string, Map<string, string>>();
  for (const [path, text] of files) {
    const end = path.indexOf('/');
    if (end > 0) {
      const below = folders.get(path.slice(0, end)) ?? new Map<string, string>();
      folders.set(path.slice(0, end), below.set(path.slice(end + 1), text));
    }
  }
  return folders;
}

function shaOfFolder(files: Files): string {
  return sha(`tree ${JSON.stringify([...files].sort())}`);
}
