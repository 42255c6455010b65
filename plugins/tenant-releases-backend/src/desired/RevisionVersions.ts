import { LRUCache } from 'lru-cache';
import type { CommitCache } from './CommitCache';
import type { DesiredEntry } from './DesiredIndex';
import type { TenantFiles } from './TenantFiles';

/** Heads whose files are remembered: Argo CD is rarely further behind. */
const maxHeads = 20;

/** Which version a tenant's file held at a commit. Commits that were the branch's head are known without asking. */
export class RevisionVersions {
  readonly #commits: CommitCache;
  readonly #files: TenantFiles;
  readonly #onFound: (tenant: string) => void;
  readonly #heads = new LRUCache<string, ReadonlyMap<string, string>>({ max: maxHeads });
  readonly #asking = new Set<string>();

  /** @param onFound - told when a version that was asked for is known */
  constructor(commits: CommitCache, files: TenantFiles, onFound: (tenant: string) => void) {
    this.#commits = commits;
    this.#files = files;
    this.#onFound = onFound;
  }

  /** @param files - paths with the SHA of their content */
  addHead(head: string, files: Iterable<readonly [string, string]>): void {
    this.#heads.set(head, new Map(files));
  }

  /** `undefined` while it is not known; asking once starts to find it out. */
  versionAt({ tenant, path }: DesiredEntry, revision: string): string | undefined {
    const sha = this.#heads.get(revision)?.get(path);
    const parsed = sha === undefined ? undefined : this.#files.find(sha, tenant);
    if (parsed) return parsed.ok ? parsed.file.image.tag : undefined;
    const known = this.#commits.knownVersionAt(revision, tenant, path);
    if (known) return known.version;
    this.#ask(revision, tenant, path);
    return undefined;
  }

  #ask(revision: string, tenant: string, path: string): void {
    const key = `${revision}\n${path}`;
    if (this.#asking.has(key) || this.#asking.size >= 100 || !/^[0-9a-f]{40,64}$/.test(revision)) {
      return;
    }
    this.#asking.add(key);
    this.#commits
      .versionAt(revision, tenant, path)
      .then(() => this.#onFound(tenant))
      // Git's own poll reports the outage; the next look at the release asks again.
      .catch(() => undefined)
      .finally(() => this.#asking.delete(key));
  }
}
