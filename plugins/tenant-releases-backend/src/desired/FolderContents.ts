import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { GithubApi } from '@internal/gitops';
import { SourceOverrides } from './SourceOverrides';

/** Commits whose lists of files are remembered: folders of one commit are asked for together. */
const maxCommits = 4;
/** Folders that are remembered. */
const maxFolders = 5_000;

/** What folders hold at commits, as one text each that is the same as long as nothing in them changes. */
export class FolderContents {
  readonly #digests: LRUCache<string, string>;
  readonly #files: LRUCache<string, Awaited<ReturnType<GithubApi['files']>>>;
  readonly #changes: LRUCache<string, { at?: string }>;

  constructor(api: Pick<GithubApi, 'commitsOf' | 'files'>) {
    this.#changes = new LRUCache({
      max: maxFolders,
      fetchMethod: async key => {
        const [commit, folder] = key.split('\n');
        const [newest] = await api.commitsOf(folder, commit, 1, 1);
        return newest ? { at: newest.committedAt } : {};
      },
    });
    this.#files = new LRUCache({ max: maxCommits, fetchMethod: commit => api.files(commit) });
    this.#digests = new LRUCache({
      max: maxFolders,
      fetchMethod: async key => {
        const [commit, folder] = key.split('\n');
        const hash = createHash('sha256');
        for (const { path, sha } of (await this.#files.fetch(commit)) ?? []) {
          const isIn = folder === '' || path.startsWith(`${folder}/`);
          // A chart may be many Applications'; what is set for one of them is no change for the others.
          if (isIn && !SourceOverrides.isOne(path)) hash.update(`${path} ${sha}\n`);
        }
        return hash.digest('hex');
      },
    });
  }

  /** @throws UpstreamError */
  async digest(commit: string, folder: string): Promise<string> {
    return (await this.#digests.fetch(`${commit}\n${folder}`)) ?? '';
  }

  /**
   * When a folder was last changed before a commit, RFC 3339; undefined when it never was.
   *
   * @throws UpstreamError
   */
  async changedAt(commit: string, folder: string): Promise<string | undefined> {
    return (await this.#changes.fetch(`${commit}\n${folder}`))?.at;
  }
}
