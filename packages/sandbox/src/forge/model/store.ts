import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RepositoryState } from './types';

/** Reads a JSON file; undefined when there is none. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw new Error(`cannot read ${file}: ${(error as Error).message}; reset the sandbox`);
  }
}

/**
 * The state of one repository in one JSON file. A write replaces the file as a whole, so that a process
 * that is killed leaves either the old or the new one.
 */
export class StateFile {
  private constructor(private readonly file: string, readonly state: RepositoryState) {}

  /** Reads the file, or begins with an empty state. */
  static async open(file: string): Promise<StateFile> {
    await mkdir(path.dirname(file), { recursive: true });
    const stored = (await readJson(file)) as Partial<RepositoryState> | undefined;
    return new StateFile(file, {
      createdAt: new Date().toISOString(),
      nextId: 1001,
      nextNumber: 1,
      branches: {},
      pulls: [],
      checkRuns: [],
      statuses: [],
      ...stored,
    });
  }

  /** Writes the state. To be called by one at a time, see {@link Exclusive}. */
  async save(): Promise<void> {
    const temporary = `${this.file}.tmp`;
    await writeFile(temporary, `${JSON.stringify(this.state)}\n`);
    await rename(temporary, this.file);
  }
}

/** Lets one at a time do something, in the order of asking. */
export class Exclusive {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything that was asked for before has ended, however it ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
