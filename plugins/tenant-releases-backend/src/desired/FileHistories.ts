import type { DesiredState, FileCommit } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { limitConcurrency } from '../upstream/limitConcurrency';
import type { CommitCache } from './CommitCache';
import type { GitCommit, GithubApi } from './GithubClient';

/** A tenant file at the head of the branch. */
export interface HeadFile {
  tenant: string;
  path: string;
  /** SHA of its content. */
  sha: string;
  /** The head at which it was first seen with that content: two states of a file never share one. */
  head: string;
  /** The version it holds; absent when it cannot be read. */
  version?: string;
}

/** A commit of a tenant file, with the SHA of the content that it left. */
export interface HistoryCommit extends FileCommit {
  sha?: string;
}

/** Newest commits of a file that can be read; older history is Git's own. */
export const maxHistoryCommits = 100;

const shortPage = 30;

/**
 * The history of tenant files. A file's list of commits is read again when its content has changed, and each commit
 * in it once: what a commit holds never changes.
 */
export class FileHistories {
  readonly #api: GithubApi;
  readonly #commits: CommitCache;
  readonly #limit = limitConcurrency(8);
  readonly #changes = new LRUCache<string, NonNullable<DesiredState['change']>>({ max: 10_000 });
  readonly #known = new LRUCache<string, HistoryCommit[]>({ max: 10_000 });
  readonly #lists = new LRUCache<string, GitCommit[], HeadFile>({
    max: 10_000,
    fetchMethod: (key, _, { context: { path, head } }) => {
      const count = Number(key.slice(key.lastIndexOf('\n') + 1));
      return this.#limit(() => this.#api.commitsOf(path, head, 1, count));
    },
  });

  constructor(api: GithubApi, commits: CommitCache) {
    this.#api = api;
    this.#commits = commits;
  }

  /** The commit that set the version, if it has been found already. */
  knownChange(file: HeadFile): DesiredState['change'] {
    return this.#changes.get(keyOf(file));
  }

  /** Finds the commit that set the version the file holds now: the last one before which it held another. */
  async findChange(file: HeadFile): Promise<void> {
    if (this.#changes.has(keyOf(file))) return;
    const found =
      (await this.#oldestWithSameVersion(file, shortPage)) ??
      (await this.#oldestWithSameVersion(file, maxHistoryCommits));
    if (!found) return;
    const pullRequest = await this.#limit(() => this.#commits.pullRequestOf(found));
    this.#changes.set(keyOf(file), {
      commit: found.sha,
      author: found.author,
      committedAt: found.committedAt,
      ...(pullRequest ? { pullRequest } : {}),
    });
  }

  /**
   * The newest commits of a file, newest first, each with the version it left and its pull request.
   *
   * @param count - how many; fewer when there are no more, or more than {@link maxHistoryCommits} are asked for
   */
  async history(file: HeadFile, count: number): Promise<HistoryCommit[]> {
    const commits = await this.#list(file, count <= shortPage ? shortPage : maxHistoryCommits);
    const history = await Promise.all(
      commits.slice(0, count).map(async commit => {
        const [{ sha, version }, pullRequest] = await Promise.all([
          this.#versionAt(commit, file),
          this.#limit(() => this.#commits.pullRequestOf(commit)),
        ]);
        return {
          commit: commit.sha,
          author: commit.author,
          message: commit.message,
          committedAt: commit.committedAt,
          ...(sha ? { sha } : {}),
          ...(version ? { version } : {}),
          ...(pullRequest ? { pullRequest } : {}),
        };
      }),
    );
    this.#known.set(file.path, history);
    return history;
  }

  /** The history of a path that was read last; the file may have changed since. */
  knownHistory(path: string): HistoryCommit[] | undefined {
    return this.#known.get(path);
  }

  async #oldestWithSameVersion(file: HeadFile, count: number): Promise<GitCommit | undefined> {
    const commits = await this.#list(file, count);
    let found: GitCommit | undefined;
    let wanted: string | undefined;
    for (const commit of commits) {
      const { version } = await this.#versionAt(commit, file);
      if (found && version !== wanted) return found;
      found = commit;
      wanted = version;
    }
    // The list ended before the version did: only a list that is complete has the answer.
    return commits.length < count || count === maxHistoryCommits ? found : undefined;
  }

  async #list(file: HeadFile, count: number): Promise<GitCommit[]> {
    const commits = await this.#lists.fetch(`${keyOf(file)}\n${count}`, { context: file });
    const { sha, version } = file;
    // The newest commit of the file left it as it is now.
    if (commits?.[0] && version !== undefined)
      this.#commits.learn(commits[0].sha, file, { sha, version });
    return commits ?? [];
  }

  async #versionAt(commit: GitCommit, { tenant, path }: HeadFile) {
    return (
      this.#commits.knownVersionAt(commit.sha, tenant, path) ??
      this.#limit(() => this.#commits.versionAt(commit.sha, tenant, path))
    );
  }
}

function keyOf({ path, head }: HeadFile): string {
  return `${path}\n${head}`;
}
