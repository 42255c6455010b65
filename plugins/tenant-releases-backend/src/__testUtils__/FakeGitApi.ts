import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { GitCommit, GithubApi, GitText } from '@internal/gitops';
import { UpstreamError } from '@internal/gitops';

type Call =
  | 'head'
  | 'files'
  | 'blob'
  | 'blobs'
  | 'commitsOf'
  | 'fileAt'
  | 'filesAt'
  | 'pullRequestOf';

interface State {
  commit: GitCommit;
  files: ReadonlyMap<string, string>;
}

/** A branch in memory, with the weaknesses of a real Git host. */
export class FakeGitApi implements GithubApi {
  /** Errors that the next calls answer with, by call. */
  readonly errors = new Map<Call, { count: number; error: UpstreamError }>();
  /** Milliseconds until an answer is there. */
  answerMs = 1;
  readonly #states: State[] = [];
  readonly #contents = new Map<string, string>();
  #head = 0;
  /** Heads to come that a lagging replica answers. */
  #laggingHeads = 0;
  #hasCaughtUp = true;

  constructor() {
    this.commit({ 'README.md': 'x' });
  }

  /** Commits files on top of the branch; one that is undefined is deleted. */
  commit(changes: Record<string, string | undefined>): string {
    const files = new Map(this.#states[this.#head]?.files);
    for (const [path, text] of Object.entries(changes)) {
      if (text === undefined) files.delete(path);
      else files.set(path, text);
    }
    const sha = hash(`${this.#states.length} ${JSON.stringify(changes)}`);
    const committedAt = new Date(1_700_000_000_000 + this.#states.length * 60_000).toISOString();
    for (const text of Object.values(changes)) {
      if (text !== undefined) this.#contents.set(hash(text), text);
    }
    this.#states.push({ commit: { sha, author: 'Ada', message: 'x', committedAt }, files });
    this.#head = this.#states.length - 1;
    return sha;
  }

  /** Sets the branch back to what it was some commits ago. */
  setBack(commits: number): void {
    this.#head = Math.max(0, this.#head - commits);
  }

  /** The files at the head of the branch. */
  get truth(): ReadonlyMap<string, string> {
    return this.#states[this.#head].files;
  }

  /** SHA of the head of the branch. */
  get headSha(): string {
    return this.#states[this.#head].commit.sha;
  }

  /**
   * The next two heads are of a replica that lags. It catches up before it can lag again: what goes on for longer is a branch that was set
   * back.
   */
  lag(): void {
    if (!this.#hasCaughtUp) return;
    this.#laggingHeads = 2;
    this.#hasCaughtUp = false;
  }

  heal(): void {
    this.errors.clear();
    this.#laggingHeads = 0;
    this.answerMs = 1;
  }

  async head(_: string, etag?: string) {
    const { commit } = this.#headState();
    await this.#answer('head');
    return etag === commit.sha ? undefined : { commit, etag: commit.sha };
  }

  async files(sha: string) {
    await this.#answer('files');
    return [...this.#at(sha).files].map(([path, text]) => ({ path, sha: hash(text) }));
  }

  async blob(sha: string) {
    await this.#answer('blob');
    const text = this.#contents.get(sha);
    if (text === undefined) throw new UpstreamError('not-found', 'answered 404');
    return { text };
  }

  async blobs() {
    await this.#answer('blobs');
    return new Map<string, GitText>();
  }

  async fileAt(path: string, ref: string) {
    await this.#answer('fileAt');
    const text = this.#at(ref).files.get(path);
    return text === undefined ? undefined : { sha: hash(text), text };
  }

  async filesAt(path: string, commits: readonly string[]) {
    await this.#answer('filesAt');
    const found = commits.flatMap(commit => {
      const text = this.#at(commit).files.get(path);
      return text === undefined ? [] : [[commit, { sha: hash(text), text }] as const];
    });
    return new Map<string, GitText & { sha: string }>(found);
  }

  pullRequestUrl(number: number) {
    return `https://git.example.com/acme/platform/pull/${number}`;
  }

  commitUrl(sha: string) {
    return `https://git.example.com/acme/platform/commit/${sha}`;
  }

  async commitsOf(path: string, ref: string, page: number, perPage: number) {
    await this.#answer('commitsOf');
    const until = this.#states.indexOf(this.#at(ref));
    const isFile = this.#states.some(({ files }) => files.has(path));
    // Of a folder these are the commits of what is in it.
    const held = this.#states.map(({ files }) =>
      isFile
        ? files.get(path)
        : [...files].filter(([file]) => file.startsWith(`${path}/`)).join('\n') || undefined,
    );
    return this.#states
      .slice(0, until + 1)
      .filter((_, index) => held[index] !== held[index - 1])
      .map(({ commit }) => commit)
      .reverse()
      .slice((page - 1) * perPage, page * perPage);
  }

  async renamesOf() {
    return { from: new Map<string, string>() };
  }

  async mergedBy() {
    return undefined;
  }

  async probe() {
    await this.#answer('head');
  }

  moved() {
    return undefined;
  }

  async pullRequestOf() {
    await this.#answer('pullRequestOf');
    return undefined;
  }

  quota(): number {
    return Infinity;
  }

  #headState(): State {
    if (this.#laggingHeads === 0) {
      this.#hasCaughtUp = true;
      return this.#states[this.#head];
    }
    this.#laggingHeads -= 1;
    return this.#states[Math.max(0, this.#head - 2)];
  }

  #at(sha: string): State {
    const found = this.#states.find(({ commit }) => commit.sha === sha);
    if (!found) throw new UpstreamError('not-found', 'answered 404');
    return found;
  }

  async #answer(call: Call): Promise<void> {
    if (this.answerMs > 0) await delay(this.answerMs);
    const planned = this.errors.get(call);
    if (!planned || planned.count === 0) return;
    planned.count -= 1;
    throw planned.error;
  }
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
