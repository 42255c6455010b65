import { LRUCache } from 'lru-cache';
import type { DesiredEntry } from './DesiredEntries';
import type { ContentVersions } from './ContentVersions';
import type { FileHistories } from './FileHistories';
import { placeOf, readingOf, type HeadFile } from './HeadFile';

/** Heads whose files are remembered: Argo CD is rarely further behind. */
const maxHeads = 20;
/** Milliseconds until a revision that could not be read is asked for again. */
const askAgainMs = 5_000;

/** Told about revisions. */
export interface RevisionListener {
  /** A revision that was never seen as the branch's head: there may be a newer one. */
  onUnknown(): void;
  /** A version that was asked for is known. */
  onFound(tenant: string): void;
}

/** Which version a tenant's file held at a commit. Commits that were the branch's head are known without asking. */
export class RevisionVersions {
  readonly #histories: FileHistories;
  readonly #files: ContentVersions;
  readonly #listener: RevisionListener;
  readonly #heads = new LRUCache<string, ReadonlyMap<string, string>>({ max: maxHeads });
  readonly #asking = new Set<string>();

  constructor(histories: FileHistories, files: ContentVersions, listener: RevisionListener) {
    this.#histories = histories;
    this.#files = files;
    this.#listener = listener;
  }

  /** @param files - paths with the SHA of their content */
  addHead(head: string, files: Iterable<readonly [string, string]>): void {
    this.#heads.set(head, new Map(files));
  }

  /** `undefined` while it is not known; asking once starts to find it out. */
  versionAt({ path, head: file }: DesiredEntry, revision: string): string | undefined {
    const sha = this.#heads.get(revision)?.get(path);
    const read = sha === undefined ? undefined : this.#files.known(sha, readingOf(file));
    if (read) return read.version;
    const known = this.#histories.knownVersionAt(file, revision);
    if (known) return known.version;
    this.#ask(revision, file);
    return undefined;
  }

  #ask(revision: string, file: HeadFile): void {
    const key = `${revision}\n${placeOf(file)}`;
    if (this.#asking.has(key) || this.#asking.size >= 100 || !/^[0-9a-f]{40,64}$/.test(revision)) {
      return;
    }
    this.#asking.add(key);
    this.#listener.onUnknown();
    this.#histories
      .versionAt(file, revision)
      .then(() => {
        this.#asking.delete(key);
        this.#listener.onFound(file.tenant);
      })
      // Git's own poll reports the outage; later looks at the release ask again.
      .catch(() => setTimeout(() => this.#asking.delete(key), askAgainMs).unref());
  }
}
