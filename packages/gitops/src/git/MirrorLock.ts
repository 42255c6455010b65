import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a lock counts. Milliseconds. */
export interface LockTimes {
  /** Its holder says this often that it is alive. */
  beatMs: number;
  /** Without a sign of life for so long it is nobody's: the process was killed. */
  staleMs: number;
  /** Whoever waits gives up after so long. */
  waitMs: number;
}

const usual: LockTimes = { beatMs: 4_000, staleMs: 20_000, waitMs: 120_000 };
const lookAgainMs = 50;

/**
 * Lets one process at a time write in a folder, also when several machines share the disk: a folder is made by one of them only.
 * The number of a process says nothing on another machine, so that a holder shows that it is alive by the folder's time.
 */
export class MirrorLock {
  readonly #folder: string;
  readonly #times: LockTimes;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param folder - absolute path of the lock itself */
  constructor(folder: string, times: Partial<LockTimes> = {}) {
    this.#folder = folder;
    this.#times = { ...usual, ...times };
  }

  /**
   * Runs a task while nobody else writes; tasks of this process run one after another.
   *
   * @param onTimeout - the error of one who has waited for too long
   */
  hold<T>(task: () => Promise<T>, onTimeout: () => Error): Promise<T> {
    const run = this.#queue.then(() => this.#hold(task, onTimeout));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #hold<T>(task: () => Promise<T>, onTimeout: () => Error): Promise<T> {
    await this.#take(onTimeout);
    const beat = setInterval(() => {
      const now = new Date();
      // A lock that somebody has taken away cannot be kept; what is written is whole all the same.
      utimes(this.#folder, now, now).catch(() => undefined);
    }, this.#times.beatMs).unref();
    try {
      return await task();
    } finally {
      clearInterval(beat);
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  async #take(onTimeout: () => Error): Promise<void> {
    const until = Date.now() + this.#times.waitMs;
    for (;;) {
      try {
        await mkdir(this.#folder);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await this.#breakStale();
      if (Date.now() > until) throw onTimeout();
      await delay(lookAgainMs);
    }
  }

  /** By a new name, which only one process can give it. */
  async #breakStale(): Promise<void> {
    const found = await stat(this.#folder).catch(() => undefined);
    if (!found || Date.now() - found.mtimeMs < this.#times.staleMs) return;
    const aside = `${this.#folder}.${process.pid}.${Date.now()}`;
    await rename(this.#folder, aside).then(
      () => rm(aside, { recursive: true, force: true }),
      () => undefined,
    );
  }
}
