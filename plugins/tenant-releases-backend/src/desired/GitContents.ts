import { LRUCache } from 'lru-cache';
import type { GitFile, GithubApi, GitText } from '@internal/gitops';

/** Characters of contents that are remembered. */
const maxSize = 16 * 1024 * 1024;
/** Commits whose files are remembered. */
const maxCommits = 50;

/** Contents and file lists of commits, each asked for once: what a SHA stands for never changes. */
export class GitContents {
  readonly #api: Pick<GithubApi, 'blob' | 'blobs' | 'files'>;
  readonly #texts: LRUCache<string, string>;
  readonly #files: LRUCache<string, GitFile[]>;

  /** @param isWanted - which files of a commit are of interest; a repository may hold many others */
  constructor(
    api: Pick<GithubApi, 'blob' | 'blobs' | 'files'>,
    isWanted: (path: string) => boolean,
  ) {
    this.#api = api;
    this.#texts = new LRUCache<string, string>({
      maxSize,
      sizeCalculation: text => text.length + 100,
      fetchMethod: async sha => (await api.blob(sha)).text,
    });
    this.#files = new LRUCache<string, GitFile[]>({
      max: maxCommits,
      fetchMethod: async commit =>
        // What a submodule holds is not in the repository.
        (await api.files(commit)).filter(
          ({ path, kind }) => kind !== 'submodule' && isWanted(path),
        ),
    });
  }

  /** @throws UpstreamError */
  async text(sha: string): Promise<string> {
    return (await this.#texts.fetch(sha)) ?? '';
  }

  /**
   * The contents of many files, asked for together where that is possible.
   *
   * @throws UpstreamError
   */
  async texts(shas: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
    const unknown = [...new Set(shas)].filter(sha => !this.#texts.has(sha));
    if (unknown.length > 1) {
      // What is not handed out together is asked for one by one.
      const found = await this.#api.blobs(unknown, signal).catch(() => new Map<string, GitText>());
      for (const [sha, { text }] of found) this.#texts.set(sha, text);
    }
    const texts = new Map<string, string>();
    for (const sha of shas) texts.set(sha, await this.text(sha));
    return texts;
  }

  /**
   * The wanted files of a commit.
   *
   * @throws UpstreamError
   */
  async files(commit: string): Promise<GitFile[]> {
    return (await this.#files.fetch(commit)) ?? [];
  }
}
