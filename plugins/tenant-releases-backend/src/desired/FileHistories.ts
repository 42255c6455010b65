import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { DesiredState } from '../join/releaseParts';
import type { FileCommit } from '../releases/releaseHistory';
import { limitConcurrency, type GitCommit, type GithubApi } from '@internal/gitops';
import type { CommitCache, FileState } from './CommitCache';
import type { FileMoves, FormerPlace } from './FileMoves';
import { placeOf, readingOf, type HeadFile } from './HeadFile';

/** A commit of a tenant file, with the SHA of the content that it left. */
export interface HistoryCommit extends FileCommit {
  sha?: string;
}

/** A commit of a tenant file, with the path that the file had after it. */
interface PathCommit extends GitCommit {
  path: string;
  /** The path that it had before, when the commit moved it. */
  movedFrom?: string;
}

/** Told which version a file held after a commit, and when that was, RFC 3339. */
export type VersionListener = (file: HeadFile, version: string, committedAt: string) => void;

/** Newest commits of a file that can be read; older history is Git's own. */
export const maxHistoryCommits = 100;

/** Files that a repository may have: who set a version is remembered of each. */
const maxFiles = 100_000;
const shortPage = 30;
/** Moves that a history follows. */
const maxMoves = 3;

/**
 * The history of tenant files. A file's list of commits is read again when its content has changed, and each commit
 * in it once: what a commit holds never changes.
 */
export class FileHistories {
  readonly #api: GithubApi;
  readonly #commits: CommitCache;
  readonly #moves: FileMoves;
  readonly #onVersion: VersionListener;
  readonly #onMore: (file: HeadFile) => void;
  readonly #limit = limitConcurrency(8);
  readonly #changes = new LRUCache<string, NonNullable<DesiredState['change']>>({ max: maxFiles });
  readonly #known = new LRUCache<string, HistoryCommit[]>({ max: 10_000 });
  readonly #lists = new LRUCache<string, GitCommit[], HeadFile>({
    max: 10_000,
    fetchMethod: (key, _, { context: { path, head } }) =>
      this.#limit(() => this.#api.commitsOf(path, head, 1, countOf(key))),
  });
  readonly #whole = new LRUCache<string, PathCommit[], HeadFile>({
    max: 10_000,
    fetchMethod: (key, _, { context: file }) => this.#readWhole(file, countOf(key)),
  });
  readonly #revisions = new LRUCache<string, FileState, HeadFile>({
    max: 20_000,
    fetchMethod: (key, _, { context: file }) =>
      this.#readAt(file, key.slice(key.lastIndexOf('\n') + 1)),
  });

  /**
   * @param onVersion - told what a file held after which commit, whenever that is found out
   * @param onMore - told when a history that was answered already has more to say
   */
  constructor(
    api: GithubApi,
    commits: CommitCache,
    moves: FileMoves,
    onVersion: VersionListener = () => {},
    onMore: (file: HeadFile) => void = () => {},
  ) {
    this.#onVersion = onVersion;
    this.#onMore = onMore;
    this.#api = api;
    this.#commits = commits;
    this.#moves = moves;
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
    const note = (pullRequest: PullRequestRef | undefined) =>
      this.#changes.set(keyOf(file), {
        commit: found.sha,
        author: found.author,
        ...(found.isBot ? { isBot: found.isBot } : {}),
        committedAt: found.committedAt,
        ...(pullRequest ? { pullRequest } : {}),
      });
    const onMore = (pullRequest: PullRequestRef) => {
      note(pullRequest);
      this.#onMore(file);
    };
    note(await this.#limit(() => this.#commits.pullRequestOf(found, onMore)));
  }

  /**
   * The newest commits of a file, newest first, each with the version it left and its pull request.
   *
   * @param count - how many; fewer when there are no more, or more than {@link maxHistoryCommits} are asked for
   */
  async history(file: HeadFile, count: number): Promise<HistoryCommit[]> {
    const commits = await this.#withMoves(file, count <= shortPage ? shortPage : maxHistoryCommits);
    const history = await Promise.all(
      commits.slice(0, count).map(async commit => {
        const [{ sha, version }, pullRequest] = await Promise.all([
          this.#left(commit, file),
          this.#limit(() => this.#commits.pullRequestOf(commit, () => this.#onMore(file))),
        ]);
        return {
          commit: commit.sha,
          author: commit.author,
          ...(commit.isBot ? { isBot: commit.isBot } : {}),
          message: commit.message,
          committedAt: commit.committedAt,
          ...(sha ? { sha } : {}),
          ...(version ? { version } : {}),
          ...(pullRequest ? { pullRequest } : {}),
          ...(commit.movedFrom ? { movedFrom: commit.movedFrom } : {}),
        };
      }),
    );
    this.#known.set(placeOf(file), history);
    return history;
  }

  /**
   * Finds out which versions a file has held, as far back as histories go. That takes a request or two, and none for what is
   * known.
   *
   * @throws UpstreamError
   */
  async readVersions(file: HeadFile): Promise<void> {
    const newest = await this.#withMoves(file, shortPage);
    const commits =
      newest.length < shortPage ? newest : await this.#withMoves(file, maxHistoryCommits);
    for (const path of new Set(commits.map(commit => commit.path))) {
      const there = commits.filter(commit => commit.path === path).map(({ sha }) => sha);
      await this.#limit(() => this.#commits.readAhead(there, readingOf(file), path));
    }
    await Promise.all(commits.map(commit => this.#left(commit, file)));
  }

  /** The history of a file that was read last; it may have changed since. */
  knownHistory(file: HeadFile): HistoryCommit[] | undefined {
    return this.#known.get(placeOf(file));
  }

  /** The commit that made a file what it is: of a list that is read for each file that has changed. */
  async newest(file: HeadFile): Promise<GitCommit | undefined> {
    return (await this.#list(file, shortPage))[0];
  }

  /**
   * The content that a file had at a commit, wherever it was then.
   *
   * @throws UpstreamError
   */
  async versionAt(file: HeadFile, revision: string): Promise<FileState> {
    return (await this.#revisions.fetch(revisionKey(file, revision), { context: file })) ?? {};
  }

  /** Like {@link FileHistories.versionAt}, of what is known already. */
  knownVersionAt(file: HeadFile, revision: string): FileState | undefined {
    return this.#revisions.get(revisionKey(file, revision));
  }

  /** `undefined` when older commits than these have the answer. */
  async #oldestWithSameVersion(file: HeadFile, count: number): Promise<GitCommit | undefined> {
    const commits = await this.#list(file, count);
    const own = await this.#oldestOf(commits, file);
    if (own.isSure) return own.commit;
    if (commits.length === count) return count === maxHistoryCommits ? own.commit : undefined;
    // What was before a move is asked for only here: of most files it does not matter.
    const whole = await this.#withMoves(file, count);
    const { commit, isSure } = await this.#oldestOf(whole, file);
    return isSure || whole.length < count || count === maxHistoryCommits ? commit : undefined;
  }

  /** The last commit of the newest version; sure when one of another version comes after it. */
  async #oldestOf(commits: readonly PathCommit[], file: HeadFile) {
    let found: GitCommit | undefined;
    let wanted: string | undefined;
    for (const commit of commits) {
      const { version } = await this.#left(commit, file);
      if (found && version !== wanted) return { commit: found, isSure: true };
      found = commit;
      wanted = version;
    }
    return { commit: found, isSure: false };
  }

  /** Commits under the path that the file has now. */
  async #list(file: HeadFile, count: number): Promise<PathCommit[]> {
    const commits = await this.#lists.fetch(`${keyOf(file)}\n${count}`, { context: file });
    const { path, sha, version } = file;
    // The newest commit of the file left it as it is now.
    if (commits?.[0] && version !== undefined)
      this.#commits.learn(commits[0].sha, file, { sha, version });
    return (commits ?? []).map(commit => ({ ...commit, path }));
  }

  /** Like {@link FileHistories.#list}, with those of the paths that the file had before. */
  async #withMoves(file: HeadFile, count: number): Promise<PathCommit[]> {
    return (await this.#whole.fetch(`${keyOf(file)}\n${count}`, { context: file })) ?? [];
  }

  async #readWhole(file: HeadFile, count: number): Promise<PathCommit[]> {
    const all = await this.#list(file, count);
    for (let moves = 0; moves < maxMoves && all.length < count; moves += 1) {
      const first = all.at(-1);
      const former = first && (await this.#before(file, first));
      if (!former) break;
      const { path, ref } = former;
      first.movedFrom = path;
      const wanted = count - all.length;
      const found = await this.#limit(() => this.#api.commitsOf(path, ref, 1, wanted));
      all.push(...found.map(commit => ({ ...commit, path })));
      // A list that is full may go on.
      if (found.length === wanted) break;
    }
    return all;
  }

  #before(file: HeadFile, { path, sha }: PathCommit): Promise<FormerPlace | undefined> {
    return this.#limit(() => this.#moves.before(file, path, sha));
  }

  async #readAt(file: HeadFile, revision: string): Promise<FileState> {
    const { path } = file;
    const reading = readingOf(file);
    const state = await this.#commits.versionAt(revision, reading, path);
    if (state.sha !== undefined) return state;
    const short = await this.#withMoves(file, shortPage);
    const whole = short.length < shortPage ? short : await this.#withMoves(file, maxHistoryCommits);
    for (const { movedFrom } of whole) {
      const former = movedFrom && (await this.#commits.versionAt(revision, reading, movedFrom));
      if (former && former.sha !== undefined) return former;
    }
    return state;
  }

  /** What a commit left the file as. */
  async #left({ sha, path, committedAt }: PathCommit, file: HeadFile): Promise<FileState> {
    const reading = readingOf(file);
    const state =
      this.#commits.knownVersionAt(sha, reading, path) ??
      (await this.#limit(() => this.#commits.versionAt(sha, reading, path)));
    if (state.version !== undefined) this.#onVersion(file, state.version, committedAt);
    return state;
  }
}

function keyOf(file: HeadFile): string {
  return `${placeOf(file)}\n${file.head}`;
}

function countOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('\n') + 1));
}

/** A state of another head has the same past. */
function revisionKey(file: HeadFile, revision: string): string {
  return `${file.tenant}\n${placeOf(file)}\n${revision}`;
}
