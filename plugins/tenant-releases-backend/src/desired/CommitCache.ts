import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  limitConcurrency,
  OddAnswerError,
  toUpstreamError,
  type GitCommit,
  type GithubApi,
  type GitText,
  type Merger,
} from '@internal/gitops';
import type { ContentVersions } from './ContentVersions';
import { readingOf, type HeadFile } from './HeadFile';
import { messagePullRequest } from './messagePullRequest';

/** A pull request may be linked with its commit a moment later: for a young commit "none" is asked again. Milliseconds. */
const youngMs = 600_000;
const askAgainMs = 60_000;
/** Milliseconds until the host is asked what nobody waits for: the answer to who looks goes first. */
const laterMs = 500;
/** From this many on, contents are read together. */
const readTogether = 3;

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
  /** What was never asked for by itself. Apart, since what is put in the place of a question under way would fail it. */
  readonly #learnt = new LRUCache<string, FileState>({ max: 50_000 });
  readonly #api: GithubApi;
  /** Of questions to the host that nobody waits for. */
  readonly #limit = limitConcurrency(4);
  /** Those questions by commit: while the host is away or slow, each view asks no more than the one before. */
  readonly #asked = new LRUCache<string, Promise<PullRequestRef | undefined>>({
    max: 20_000,
    ttl: askAgainMs,
  });
  readonly #files: ContentVersions;
  readonly #pullRequests: LRUCache<string, { found?: PullRequestRef }, GitCommit>;
  /** By the number of the pull request: one may bring many commits, of many tenants. */
  readonly #mergers: LRUCache<number, { by?: Merger; isAnswered?: true }>;

  /** @param branch - the one that is read */
  constructor(api: GithubApi, files: ContentVersions, branch: string) {
    this.#api = api;
    this.#files = files;
    this.#versions = new LRUCache({
      max: 50_000,
      fetchMethod: async (key, _, { options }) => {
        const [commit, reading, path] = key.split('\n');
        const file = await unlessOdd(api.fileAt(path, commit), options);
        return file ? this.#stateOf(file, reading) : {};
      },
    });
    this.#mergers = new LRUCache({
      max: 5_000,
      fetchMethod: async (number, _, { options }) => {
        try {
          return { by: await api.mergedBy(number), isAnswered: true };
        } catch {
          options.ttl = askAgainMs;
          return {};
        }
      },
    });
    this.#pullRequests = new LRUCache({
      max: 20_000,
      fetchMethod: async (_sha, _, { options, context: commit }) => {
        const found = await this.#askPullRequest(commit, branch, options);
        const isYoung = Date.now() - Date.parse(commit.committedAt) < youngMs;
        if (!found && isYoung) options.ttl = askAgainMs;
        return found ? { found } : {};
      },
    });
  }

  async versionAt(commit: string, reading: string, path: string): Promise<FileState> {
    const key = `${commit}\n${reading}\n${path}`;
    return this.#learnt.get(key) ?? (await this.#versions.fetch(key)) ?? {};
  }

  /** Like {@link CommitCache.versionAt}, of what is known already. */
  knownVersionAt(commit: string, reading: string, path: string) {
    const key = `${commit}\n${reading}\n${path}`;
    return this.#learnt.get(key) ?? this.#versions.get(key);
  }

  /** Notes what is known of a commit without asking. */
  learn(commit: string, file: HeadFile, state: { sha: string; version?: string }): void {
    this.#learnt.set(`${commit}\n${readingOf(file)}\n${file.path}`, state);
  }

  /** Reads what a file was at many commits together; what is left out is read when it is asked for. */
  async readAhead(commits: readonly string[], reading: string, path: string): Promise<void> {
    const unknown = commits.filter(commit => !this.knownVersionAt(commit, reading, path));
    if (unknown.length < readTogether) return;
    const found = await this.#api.filesAt(path, unknown);
    for (const [commit, file] of found) {
      this.#learnt.set(`${commit}\n${reading}\n${path}`, this.#stateOf(file, reading));
    }
  }

  /**
   * The pull request that brought a commit. Where the repository itself tells of it, nobody waits for the host.
   *
   * @param onMore - called when the host has said more than the answer
   */
  async pullRequestOf(
    commit: GitCommit,
    onMore: (found: PullRequestRef) => void,
  ): Promise<PullRequestRef | undefined> {
    const { sha } = commit;
    const known = this.#pullRequests.get(sha);
    if (known) return known.found;
    const ask = async () => (await this.#pullRequests.fetch(sha, { context: commit }))?.found;
    if (!this.#api.toldPullRequestOf) return ask();
    const told = await this.#api.toldPullRequestOf(sha);
    let asked = this.#asked.get(sha);
    if (!asked) {
      asked = this.#askLater(ask);
      this.#asked.set(sha, asked);
    }
    asked.then(
      found => {
        if (found && !isDeepStrictEqual(found, told)) onMore(found);
      },
      // What the repository tells stands; the host is asked again with a view a minute later.
      () => undefined,
    );
    return told;
  }

  async #askLater<T>(ask: () => Promise<T>): Promise<T> {
    await delay(laterMs, undefined, { ref: false });
    return this.#limit(ask);
  }

  #stateOf(file: GitText & { sha: string }, reading: string): FileState {
    return { sha: file.sha, ...this.#files.read(file.sha, reading, file) };
  }

  async #askPullRequest(
    commit: GitCommit,
    branch: string,
    options: { ttl?: number },
  ): Promise<PullRequestRef | undefined> {
    let found: PullRequestRef | undefined;
    try {
      found = await unlessOdd(this.#api.pullRequestOf(commit.sha, branch), options);
    } catch (error) {
      if (toUpstreamError(error).errorClass !== 'forbidden') throw error;
      // The token may read contents and no pull requests; the message still tells.
      options.ttl = askAgainMs;
      return messagePullRequest(commit, this.#api);
    }
    if (!found || found.mergedBy) return found;
    const { by, isAnswered } = (await this.#mergers.fetch(found.number)) ?? {};
    // The pull request is true without its person, who is asked for again.
    if (!isAnswered) options.ttl = askAgainMs;
    if (!by) return found;
    return { ...found, mergedBy: by.name, ...(by.isBot ? { mergedByBot: true as const } : {}) };
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
