import type { Mirror } from './Mirror';
import type { CommitChanges } from './parseRaw';

/** Bounds of a {@link FileLog}. */
export interface FileLogBounds {
  /** Commits that are read of a history at most; what is older is asked for file by file. */
  maxCommits: number;
  /** Commits that are remembered of a file. */
  maxPerFile: number;
  /** Milliseconds that the reading may take. */
  maxMs: number;
}

const usual: FileLogBounds = { maxCommits: 50_000, maxPerFile: 120, maxMs: 30_000 };

/** A commit of a file, as {@link FileLog} remembers it. */
interface Entry {
  sha: string;
  from?: string;
  to?: string;
  /** Order of the commits; newer ones have more. */
  at: number;
}

/** Heads that are remembered; the history of a file is asked for at the head at which it got its content. */
const maxHeads = 200;

/**
 * Which commits changed which file, from one reading of the history: thousands of files would be thousands of readings.
 *
 * A reading of many files follows every side of a merge, that of one file only the side whose content was taken. What this
 * one says of a file is used only when it fits together: each commit found the content that the one before it left, and the
 * newest left what the file holds now.
 */
export class FileLog {
  readonly #mirror: Mirror;
  readonly #folders: readonly string[];
  readonly #isWanted: (path: string) => boolean;
  readonly #bounds: FileLogBounds;
  #byPath = new Map<string, Entry[]>();
  /** Newest order that belongs to a head. */
  #heads = new Map<string, number>();
  #head: string | undefined;
  #isWhole = false;
  #reading: Promise<unknown> = Promise.resolve();

  /**
   * @param folders - that hold the wanted files; empty: anywhere
   * @param isWanted - whether the history of a path is remembered
   */
  constructor(
    mirror: Mirror,
    folders: readonly string[],
    isWanted: (path: string) => boolean,
    bounds: Partial<FileLogBounds> = {},
  ) {
    this.#mirror = mirror;
    this.#folders = folders;
    this.#isWanted = isWanted;
    this.#bounds = { ...usual, ...bounds };
  }

  /**
   * Reads what is new up to a head of the branch. Readings go on one after another.
   *
   * @throws GitFault
   */
  async read(head: string): Promise<void> {
    const reading = this.#reading.then(() => this.#read(head));
    this.#reading = reading.catch(() => undefined);
    await reading;
  }

  /**
   * The commits of a file, newest first.
   *
   * @param content - name of what the file holds at that head
   * @returns undefined when the history has to be asked for
   */
  find(path: string, head: string, content: string, count: number): string[] | undefined {
    const newest = this.#heads.get(head);
    if (newest === undefined || !this.#isWanted(path)) return undefined;
    const all = (this.#byPath.get(path) ?? []).filter(({ at }) => at <= newest);
    const found = all.slice(0, count);
    const fits = found.every(
      ({ to }, index) => (index === 0 ? content : found[index - 1].from) === to,
    );
    if (found.length === 0 || !fits) return undefined;
    const isCut = found.length < count && !this.#isWhole && found.at(-1)?.from !== undefined;
    return isCut ? undefined : found.map(({ sha }) => sha);
  }

  /** Name of the content that a commit left of a file; undefined when it is not known, or the commit did nothing to it. */
  contentAt(path: string, commit: string): string | undefined {
    return this.#byPath.get(path)?.find(({ sha }) => sha === commit)?.to;
  }

  /** Names of the contents that the newest commits of each file left. */
  contents(maxPerFile: number): string[] {
    const lists = [...this.#byPath.values()].map(entries => entries.slice(0, maxPerFile));
    return [...new Set(lists.flat().flatMap(({ to }) => (to ? [to] : [])))];
  }

  async #read(head: string): Promise<void> {
    if (this.#heads.has(head)) return;
    const since = this.#head;
    const goesOn = since !== undefined && (await this.#mirror.isAncestor(since, head));
    const { commits, isWhole } = await this.#changes(head, goesOn ? since : undefined);
    if (!goesOn || !isWhole) {
      this.#byPath = new Map();
      this.#heads = new Map();
      this.#isWhole = isWhole && !goesOn;
    }
    const newest = Math.max(0, ...this.#heads.values()) + commits.length;
    commits.forEach((commit, index) => this.#add(commit, newest - index));
    this.#heads.set(head, newest);
    if (this.#heads.size > maxHeads) this.#heads.delete([...this.#heads.keys()][0]);
    this.#head = head;
  }

  async #changes(commit: string, since?: string) {
    const commits: CommitChanges[] = [];
    const { maxCommits, maxMs } = this.#bounds;
    const until = performance.now() + maxMs;
    let isWhole = true;
    await this.#mirror.changes({ commit, since, folders: this.#folders }, ({ sha, changes }) => {
      const wanted = changes.filter(({ path }) => this.#isWanted(path));
      commits.push({ sha, changes: wanted });
      isWhole = commits.length < maxCommits && performance.now() < until;
      return isWhole;
    });
    return { commits, isWhole };
  }

  /** Commits come newest first, and newer ones after older ones: each list stays in order. */
  #add({ sha, changes }: CommitChanges, at: number): void {
    const { maxPerFile } = this.#bounds;
    for (const { path, from, to } of changes) {
      const entries = this.#byPath.get(path) ?? [];
      const entry: Entry = { sha, at, ...(from ? { from } : {}), ...(to ? { to } : {}) };
      const oldest = entries.at(-1);
      if (oldest && oldest.at < at) {
        entries.splice(
          entries.findIndex(other => other.at < at),
          0,
          entry,
        );
        if (entries.length > maxPerFile) entries.pop();
      } else if (entries.length < maxPerFile) entries.push(entry);
      this.#byPath.set(path, entries);
    }
  }
}
