import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { OddAnswerError } from '../upstream/UpstreamError';
import type { HeadFile } from './FileHistories';
import type { GitCommit, GithubApi } from './GithubApi';
import type { TenantFiles } from './TenantFiles';

/** A pull request may be linked with its commit a moment later: for a young commit "none" is asked again. Milliseconds. */
const youngMs = 600_000;
const askAgainMs = 60_000;

/** A file at a commit; both absent when it was not there. */
export interface FileState {
  /** SHA of its content. */
  sha?: string;
  /** Absent when it cannot be read. */
  version?: string;
}

/** What never changes for a commit, asked for once: a file's version, and the pull request. */
export class CommitCache {
  readonly #versions: LRUCache<string, FileState>;
  readonly #pullRequests: LRUCache<string, { found?: PullRequestRef }, GitCommit>;

  /** @param branch - the one that is read */
  constructor(api: GithubApi, files: TenantFiles, branch: string) {
    this.#versions = new LRUCache({
      max: 50_000,
      fetchMethod: async (key, _, { options }) => {
        const [commit, tenant, path] = key.split('\n');
        const file = await unlessOdd(api.fileAt(path, commit), options);
        if (!file) return {};
        const parsed = files.parse(file.sha, tenant, file);
        return { sha: file.sha, ...(parsed.ok ? { version: parsed.file.image.tag } : {}) };
      },
    });
    this.#pullRequests = new LRUCache({
      max: 20_000,
      fetchMethod: async (commit, _, { options, context: { committedAt, author, isBot } }) => {
        const found = await unlessOdd(api.pullRequestOf(commit, branch), options);
        const isYoung = Date.now() - Date.parse(committedAt) < youngMs;
        if (!found && isYoung) options.ttl = askAgainMs;
        if (!found || !isBot) return found ? { found } : {};
        try {
          const mergedBy = await api.mergedBy(found.number);
          return { found: { ...found, ...(mergedBy && mergedBy !== author ? { mergedBy } : {}) } };
        } catch {
          // The pull request is true without its person, who is asked for again.
          options.ttl = askAgainMs;
          return { found };
        }
      },
    });
  }

  async versionAt(commit: string, tenant: string, path: string): Promise<FileState> {
    return (await this.#versions.fetch(`${commit}\n${tenant}\n${path}`)) ?? {};
  }

  /** Like {@link CommitCache.versionAt}, of what is known already. */
  knownVersionAt(commit: string, tenant: string, path: string) {
    return this.#versions.get(`${commit}\n${tenant}\n${path}`);
  }

  /** Notes what is known of a commit without asking. */
  learn(
    commit: string,
    { tenant, path }: HeadFile,
    state: { sha: string; version?: string },
  ): void {
    this.#versions.set(`${commit}\n${tenant}\n${path}`, state);
  }

  async pullRequestOf(commit: GitCommit): Promise<PullRequestRef | undefined> {
    return (await this.#pullRequests.fetch(commit.sha, { context: commit }))?.found;
  }
}

/** An odd answer costs what it says of its commit, not the history. It is asked for again. */
async function unlessOdd<T>(answer: Promise<T>, options: { ttl?: number }): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof OddAnswerError)) throw error;
    options.ttl = askAgainMs;
    return undefined;
  }
}
