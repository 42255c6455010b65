import {
  FileLog,
  MergeGraph,
  type CommitFacts,
  type Mirror,
  type GitopsConfig,
  OddAnswerError,
  toUpstreamError,
  UpstreamError,
  type GitCommit,
  type GitFile,
  type GithubApi,
  type GitRenames,
  type GitText,
  toText,
  isBotIdentity,
  type MergedPulls,
} from '@internal/gitops';
import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import type { GitHostKind } from '@internal/plugin-tenant-releases-node';
import { LRUCache } from 'lru-cache';
import { ContentsAhead } from './ContentsAhead';
import { faultToUpstream } from './faultToUpstream';
import { commitPage, pullRequestPage } from './pullRequestPage';
import { ToldPullRequests } from './ToldPullRequests';

/** What a {@link MirroredRepository} needs. */
export interface MirroredRepositoryOptions {
  mirror: Mirror;
  gitops: Pick<GitopsConfig, 'repository' | 'valuesFolder' | 'matchTenantFile'>;
  /** Whether a folder, or one below it, may hold a file of interest; asked where a repository is too large. */
  mayHold(folder: string): boolean;
  /** Whether the history of a path is read with all others; default: of tenant files. */
  isLogged?(path: string): boolean;
  hostKind: GitHostKind;
  /** Absent for hosts whose API is not spoken: then only messages tell of pull requests. */
  host?: MergedPulls;
  /** Of a repository with more files only the folders that matter are read; default 100,000, as GitHub's API has it. */
  maxFiles?: number;
}

/** A larger file is none that is read here. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;
const usualMaxFiles = 100_000;
/** Commits of each file whose contents are brought over ahead: the first page of its history. */
const contentsAhead = 31;
/** Contents that are brought over ahead: of a longer history the rest comes when it is looked at. */
const maxAhead = 200_000;

/** Commits that are remembered. */
const maxCommits = 5_000;

/** Heads to which the log is read one after another; at older ones a file is asked for by itself. */
const maxUnread = 200;
/** A reading of the log or of its contents that failed is not tried again at once. Milliseconds. */
const readAgainMs = 60_000;

/** Reads a repository from its mirror: one request tells whether there is anything new, and what is known costs none. */
export class MirroredRepository implements GithubApi {
  readonly #options: MirroredRepositoryOptions;
  readonly #mirror: Mirror;
  readonly #log: FileLog;
  readonly #told: ToldPullRequests;
  /** One commit may be that of thousands of files. */
  readonly #commits = new LRUCache<string, CommitFacts>({
    max: maxCommits,
    fetchMethod: sha => this.#ask(() => this.#mirror.commit(sha)),
  });
  #head: string | undefined;
  /** Heads to which the log has still to be read. */
  #unread: string[] = [];
  #reading: Promise<void> = Promise.resolve();
  readonly #ahead: ContentsAhead;
  /** When contents may be brought over ahead: once, and again where that failed. */
  #bringAt = -Infinity;
  #readAgainAt = -Infinity;

  constructor(options: MirroredRepositoryOptions) {
    const { mirror, gitops } = options;
    this.#options = options;
    this.#mirror = mirror;
    const folders = gitops.valuesFolder === '' ? [] : [gitops.valuesFolder];
    this.#log = new FileLog(mirror, folders, path => this.#isLogged(path));
    this.#ahead = new ContentsAhead(names => mirror.bringOver(names));
    this.#told = new ToldPullRequests({
      merges: new MergeGraph(mirror),
      commit: sha => this.#commits.fetch(sha),
      pages: this,
    });
  }

  async head(_branch: string, etag?: string) {
    const sha = await this.#ask(() => this.#mirror.fetch());
    if (sha !== this.#head) {
      this.#head = sha;
      this.#unread = [...this.#unread, sha].slice(-maxUnread);
    }
    return sha === etag ? undefined : { commit: await this.#commit(sha), etag: sha };
  }

  /** @throws UpstreamError when the repository cannot be read as it is configured */
  async check(): Promise<undefined> {
    await this.#ask(() => this.#mirror.look());
    return undefined;
  }

  async files(sha: string): Promise<GitFile[]> {
    const all = await this.#ask(() => this.#mirror.files(sha));
    const { mayHold, maxFiles = usualMaxFiles } = this.#options;
    const known = new Map<string, boolean>();
    const isWanted = (path: string) => {
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (!known.has(folder)) known.set(folder, folder === '' || mayHold(folder));
      return known.get(folder)!;
    };
    const files = all.length > maxFiles ? all.filter(({ path }) => isWanted(path)) : all;
    return files.map(({ path, id, kind }) => ({ path, sha: id, ...(kind ? { kind } : {}) }));
  }

  async blob(sha: string): Promise<GitText> {
    const content = (await this.#contents([sha])).get(sha);
    if (content) return content;
    throw new UpstreamError('not-found', 'a content is not to be had, or is far too large');
  }

  async blobs(shas: readonly string[], signal: AbortSignal): Promise<Map<string, GitText>> {
    signal.throwIfAborted();
    return this.#contents(shas);
  }

  async fileAt(path: string, ref: string): Promise<(GitText & { sha: string }) | undefined> {
    const sha = await this.#contentAt(path, ref);
    if (sha === undefined) return undefined;
    const content = (await this.#contents([sha])).get(sha);
    if (!content) throw new OddAnswerError('a content is not to be had, or is far too large');
    return { ...content, sha };
  }

  async filesAt(path: string, commits: readonly string[]) {
    const ids = new Map<string, string>();
    for (const commit of commits) {
      const id = await this.#contentAt(path, commit);
      if (id !== undefined) ids.set(commit, id);
    }
    const contents = await this.#contents([...new Set(ids.values())]);
    return new Map(
      [...ids].flatMap(([commit, sha]) => {
        const content = contents.get(sha);
        return content ? [[commit, { ...content, sha }] as const] : [];
      }),
    );
  }

  async commitsOf(path: string, ref: string, page: number, perPage: number): Promise<GitCommit[]> {
    const skip = (page - 1) * perPage;
    const known = await this.#known(path, ref, skip + perPage);
    const shas =
      known?.slice(skip) ?? (await this.#ask(() => this.#mirror.history(path, ref, perPage, skip)));
    return Promise.all(shas.map(sha => this.#commit(sha)));
  }

  async renamesOf(sha: string): Promise<GitRenames> {
    const { parent, changes } = await this.#ask(() => this.#mirror.renames(sha));
    const moved = changes.flatMap(({ path, movedFrom }) =>
      movedFrom === undefined ? [] : [[path, movedFrom] as const],
    );
    return { ...(parent ? { parent } : {}), from: new Map(moved) };
  }

  /** By what the host wrote into the commit, or the merge that brought it, when it was merged. */
  toldPullRequestOf(sha: string): Promise<PullRequestRef | undefined> {
    return this.#ask(() => this.#told.find(sha, this.#head));
  }

  /** Where no message tells, the host is asked. */
  async pullRequestOf(sha: string, branch: string): Promise<PullRequestRef | undefined> {
    const { host } = this.#options;
    const told = await this.toldPullRequestOf(sha);
    if (told || !host) return told;
    try {
      return await host.pullRequestOf(sha, branch);
    } catch (error) {
      // The history is Git's, and true without it; it is asked for again.
      throw new OddAnswerError(`pull requests: ${toUpstreamError(error).message}`);
    }
  }

  async mergedBy(number: number): ReturnType<GithubApi['mergedBy']> {
    return this.#options.host?.mergedBy(number);
  }

  pullRequestUrl(number: number): string {
    const { gitops, hostKind } = this.#options;
    return pullRequestPage(gitops.repository.url, hostKind, number);
  }

  commitUrl(sha: string): string {
    const { gitops, hostKind } = this.#options;
    return commitPage(gitops.repository.url, hostKind, sha);
  }

  async probe(): Promise<void> {
    await this.#ask(() => this.#mirror.ping());
  }

  moved() {
    const { movedTo } = this.#mirror;
    if (movedTo === undefined) return undefined;
    return { to: new URL(movedTo).pathname.replace(/^\/|\.git$/g, '') };
  }

  quota(): number {
    return Infinity;
  }

  /** Ends the processes. */
  close(): void {
    this.#mirror.close();
  }

  async #commit(sha: string): Promise<GitCommit> {
    const commit = await this.#commits.fetch(sha);
    if (!commit) throw new UpstreamError('not-found', 'a commit is not to be had');
    return toCommit(commit);
  }

  #isLogged(path: string): boolean {
    const { isLogged, gitops } = this.#options;
    return isLogged?.(path) ?? gitops.matchTenantFile(path) !== undefined;
  }

  /** Commits of a tenant file, from one reading of the whole history; undefined when it has to be asked for by itself. */
  async #known(path: string, ref: string, count: number): Promise<string[] | undefined> {
    if (!this.#isLogged(path) || performance.now() < this.#readAgainAt) return undefined;
    try {
      await this.#readLog();
    } catch {
      // The mirror tells what is wrong with it. A file by itself may still be read.
      this.#readAgainAt = performance.now() + readAgainMs;
      return undefined;
    }
    const content = await this.#contentAt(path, ref);
    return content === undefined ? undefined : this.#log.find(path, ref, content, count);
  }

  /** Name of the content of a file. */
  async #contentAt(path: string, ref: string): Promise<string | undefined> {
    const known = this.#log.contentAt(path, ref);
    if (known !== undefined) return known;
    const found = await this.#ask(() => this.#mirror.objectAt(ref, path));
    return found?.type === 'blob' ? found.id : undefined;
  }

  /** Each head in its turn: histories are asked for at the head at which a file got its content. */
  #readLog(): Promise<void> {
    const read = async () => {
      for (let [head] = this.#unread; head; [head] = this.#unread) {
        await this.#log.read(head);
        this.#unread = this.#unread.filter(other => other !== head);
      }
      this.#bringAhead();
    };
    const reading = this.#reading.then(read);
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  /** Nobody waits for all of them. What comes with a later commit brings its contents along. */
  #bringAhead(): void {
    if (performance.now() < this.#bringAt) return;
    this.#bringAt = Infinity;
    const bring = async () => {
      const names = this.#log.contents(contentsAhead).slice(0, maxAhead);
      await this.#ahead.bring(await this.#mirror.missing(names));
    };
    // The mirror tells what is wrong with it.
    bring().catch(() => {
      this.#bringAt = performance.now() + readAgainMs;
    });
  }

  async #contents(shas: readonly string[]): Promise<Map<string, GitText>> {
    await this.#ahead.settled(shas);
    const found = await this.#ask(() => this.#mirror.contents(shas, maxFileBytes));
    return new Map([...found].map(([sha, content]) => [sha, toText(content)]));
  }

  async #ask<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw faultToUpstream(error);
    }
  }
}

function toCommit({ sha, author, committer, message, committedAt }: CommitFacts): GitCommit {
  const isBot = isBotIdentity(author);
  return {
    sha,
    author: author.name,
    ...(isBot ? { isBot } : {}),
    message,
    committer: committer.name,
    committedAt,
  };
}
