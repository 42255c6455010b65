import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A file to be written: path from the root, with `/`. */
export interface FileChange {
  path: string;
  /** What the file says now; it is left alone when it says something else by then. Absent for a new file. */
  before?: string;
  text: string;
}

/** The files could not be written; the message names one, from the root. */
export class WriteError extends Error {
  override name = 'WriteError';
}

const changedMeanwhile = Object.assign(new Error(), { code: 'it has changed meanwhile' });
/** Of a new file, as Git checks one out. */
const newMode = 0o644;

/**
 * Replaces files, and makes new ones. All new contents are on the disk before the first of them takes its place, so that a full disk or a
 * missing right leaves every file as it was; each takes its place at once, and those that did are put back when one cannot.
 *
 * @param root - absolute path
 * @throws WriteError
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const prepared: Array<{ change: FileChange; temporary: string; target: string }> = [];
  const replaced: typeof prepared = [];
  const folders: string[] = [];
  try {
    for (const change of changes) {
      const target = path.join(root, change.path);
      // Beside the target, so that it can be renamed; with a name that nothing looks at.
      const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
      const temporary = path.join(path.dirname(target), name);
      attempt(change, () => {
        const isNew = change.before === undefined;
        if (isNew) folders.push(...makeFolder(root, path.dirname(change.path)));
        const mode = modeOf(target);
        if (isNew ? mode !== undefined : readFileSync(target, 'utf8') !== change.before)
          throw changedMeanwhile;
        prepared.push({ change, temporary, target });
        write(temporary, change.text, mode ?? newMode);
      });
    }
    for (const one of prepared) {
      attempt(one.change, () => renameSync(one.temporary, one.target));
      replaced.push(one);
    }
  } catch (error) {
    for (const { change, target } of replaced) {
      if (change.before === undefined) rmSync(target);
      else writeFileSync(target, change.before);
    }
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
    for (const folder of folders.reverse()) rmdirSync(folder);
    throw error;
  } finally {
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
  }
}

/** Makes a folder and those above it, one after another, none of them through a link; answers those that it made. */
function makeFolder(root: string, folder: string): string[] {
  const made: string[] = [];
  let at = root;
  for (const name of folder.split('/')) {
    at = path.join(at, name);
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (stats?.isDirectory()) continue;
    if (stats) throw Object.assign(new Error(), { code: `${name} is no folder` });
    mkdirSync(at);
    made.push(at);
  }
  return made;
}

function modeOf(file: string): number | undefined {
  const mode = lstatSync(file, { throwIfNoEntry: false })?.mode;
  return mode === undefined ? undefined : mode & 0o777;
}

function write(file: string, text: string, mode: number): void {
  const opened = openSync(file, constants.O_WRONLY + constants.O_CREAT + constants.O_EXCL, mode);
  try {
    const content = Buffer.from(text, 'utf8');
    let written = 0;
    while (written < content.length) written += writeSync(opened, content, written);
  } finally {
    closeSync(opened);
  }
}

function attempt(change: FileChange, run: () => void): void {
  try {
    run();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new WriteError(
      `${change.path} cannot be written (${code}): see that it and its folder may be changed`,
    );
  }
}
