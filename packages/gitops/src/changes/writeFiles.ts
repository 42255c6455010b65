import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A file to be written: path from the root, with `/`. */
export interface FileChange {
  path: string;
  /** What the file says now; it is left alone when it says something else by then. */
  before: string;
  text: string;
}

/** The files could not be written; the message names one, from the root. */
export class WriteError extends Error {
  override name = 'WriteError';
}

const changedMeanwhile = Object.assign(new Error(), { code: 'it has changed meanwhile' });

/**
 * Replaces files. All new contents are on the disk before the first of them takes its place, so that a full disk or a
 * missing right leaves every file as it was; each takes its place at once, and those that did are put back when one cannot.
 *
 * @param root - absolute path
 * @throws WriteError
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const prepared: Array<{ change: FileChange; temporary: string; target: string }> = [];
  const replaced: typeof prepared = [];
  try {
    for (const change of changes) {
      const target = path.join(root, change.path);
      // Beside the target, so that it can be renamed; with a name that nothing looks at.
      const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
      const temporary = path.join(path.dirname(target), name);
      attempt(change, () => {
        const { mode } = lstatSync(target);
        if (readFileSync(target, 'utf8') !== change.before) throw changedMeanwhile;
        prepared.push({ change, temporary, target });
        write(temporary, change.text, mode & 0o777);
      });
    }
    for (const one of prepared) {
      attempt(one.change, () => renameSync(one.temporary, one.target));
      replaced.push(one);
    }
  } catch (error) {
    for (const { change, target } of replaced) writeFileSync(target, change.before);
    throw error;
  } finally {
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
  }
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
