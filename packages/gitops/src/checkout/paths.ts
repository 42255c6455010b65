import path from 'node:path/posix';

/** A path from the repository's root without `.`, `..` and slashes at its ends; undefined when it leads out of the repository. */
export function plainPath(text: string): string | undefined {
  const normal = path.normalize(`./${text}`).replace(/\/+$/, '');
  if (normal === '..' || normal.startsWith('../')) return undefined;
  return normal === '.' ? '' : normal.replace(/^\/+/, '');
}

/** What a relative path of a file in a folder leads to; one with a leading `/` begins at the root. */
export function pathFrom(folder: string, relative: string): string | undefined {
  return plainPath(relative.startsWith('/') ? relative : `${folder}/${relative}`);
}

/** The folder that holds a file or folder; the root is the empty text. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** The last name of a path. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Joins names; an empty folder is the root. */
export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
