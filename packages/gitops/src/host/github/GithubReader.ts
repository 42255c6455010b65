import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { encodedPath } from '../../http/encodedPath';
import { parseJson, type HttpAnswer } from '../../http/HttpClient';
import { toUpstreamError, UpstreamError } from '../../http/UpstreamError';
import { toText, type GitText } from '../../text/gitText';
import type { GitFile, GithubApi, GitRenames, RepositoryMove } from '../GithubApi';
import { isBotIdentity } from '../isBotIdentity';
import type { Merger } from '../PullRequestHost';
import { explainHead } from './explainHead';
import type { GithubClient } from './GithubClient';
import { nextPage, pathOf, repositoryOf, segmentsOf, type RepositoryName } from './githubPaths';
import {
  blobsSchema,
  commitFilesSchema,
  commitsSchema,
  headSchema,
  mergerSchema,
  profileSchema,
  pullsSchema,
  repositorySchema,
  shaSchema,
  textSchema,
  toCommit,
  treeSchema,
} from './githubSchemas';
import { TreeReader } from './TreeReader';

/** Tenant files are small; a file or a page of commits that is not is refused. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;

/** GitHub answers a query within 10 s or not at all. */
const blobsPerQuery = 100;

/** The commit's own API tells 3,000 files in all, 300 an answer; GitHub decides how many. */
const maxPagesOfFiles = 30;

/** Milliseconds after which a person, or a repository that was renamed, is asked for the name again. */
const nameIsFreshMs = 3_600_000;

/** A repository that answers by another path. */
interface Detour {
  /** Path that GitHub leads to, `/repositories/<id>`: further requests are spared the detour. */
  path: string;
  move: RepositoryMove;
  askedAt: number;
}

/** Reads one repository over GitHub's API. */
export class GithubReader implements GithubApi {
  readonly #client: GithubClient;
  readonly #configured: RepositoryName;
  /** Address for people. */
  readonly #page: string;
  readonly #trees: TreeReader;
  readonly #names = new LRUCache<string, string>({
    max: 1_000,
    ttl: nameIsFreshMs,
    fetchMethod: login => this.#nameOf(login),
  });
  #moved: Detour | undefined;
  #quota = Infinity;

  /**
   * @param client - of the repository's host, with the credentials for it
   * @param mayHold - whether a folder, or one below it, may hold a file of interest; asked where a repository is too large
   */
  constructor(
    client: GithubClient,
    repository: RepositoryName & { url: string },
    mayHold: (folder: string) => boolean = () => true,
  ) {
    this.#client = client;
    this.#configured = { owner: repository.owner, name: repository.name };
    this.#page = repository.url;
    this.#trees = new TreeReader({
      mayHold,
      ask: (sha, isRecursive) =>
        this.#client.getJson(this.#repository + encodedPath`/git/trees/${sha}`, treeSchema, {
          query: isRecursive ? { recursive: 1 } : {},
          timeoutMs: 15_000,
        }),
    });
  }

  async head(branch: string, etag?: string) {
    // Always by the configured name, so that it is noticed when that stands for a repository again.
    const answer = await this.#client
      .get(`${pathOf(this.#configured)}/commits`, {
        // The list has a commit without its changes: for a single one GitHub makes the diff, which may be large.
        query: { sha: branch, per_page: 1 },
        headers: etag ? { 'if-none-match': etag } : {},
      })
      .catch(error => {
        throw explainHead(error, branch);
      });
    this.#noteQuota(answer);
    const isSame = answer.status === 304;
    const commit = isSame ? undefined : toCommit(parseJson(answer, headSchema)[0]);
    await this.#noteMove(answer.redirectedTo);
    return commit && { commit, etag: answer.headers.etag };
  }

  quota(): number {
    return this.#quota;
  }

  moved(): RepositoryMove | undefined {
    return this.#moved?.move;
  }

  async probe(): Promise<void> {
    try {
      // https://docs.github.com/en/rest/rate-limit/rate-limit
      await this.#client.getJson('/rate_limit', z.object({ resources: z.object({}) }));
    } catch (error) {
      // GitHub Enterprise without a limit answers 404; there the repository costs nothing either.
      if (toUpstreamError(error).errorClass !== 'not-found') throw error;
      // Whatever it says of the repository, it is a sign of life.
      await this.#client.getJson(this.#repository, z.unknown());
    }
  }

  files(commit: string): Promise<GitFile[]> {
    return this.#trees.files(commit);
  }

  async blob(id: string): Promise<GitText> {
    const { sha: _, ...content } = await this.#client.getJson(
      this.#repository + encodedPath`/git/blobs/${id}`,
      textSchema,
      { maxBytes: maxFileBytes },
    );
    return content;
  }

  async blobs(shas: readonly string[], signal: AbortSignal): Promise<Map<string, GitText>> {
    // SHAs are hexadecimal, so that nothing can break out of the text.
    const found = await this.#texts(shas, id => `oid:"${shaSchema.parse(id)}"`, signal);
    return new Map([...found].map(([id, { sha: _, ...text }]) => [id, text]));
  }

  async filesAt(path: string, commits: readonly string[]) {
    const texts = await this.#texts(
      commits,
      // A string of GraphQL takes every escape that one of JSON has.
      commit => `expression:${JSON.stringify(`${shaSchema.parse(commit)}:${path}`)}`,
    );
    return new Map(
      [...texts].flatMap(([id, { sha, ...text }]) => (sha ? [[id, { ...text, sha }]] : [])),
    );
  }

  /** Texts by id; those that are not there, no text for certain, or large are left out. */
  async #texts(
    ids: readonly string[],
    objectOf: (id: string) => string,
    signal?: AbortSignal,
  ): Promise<Map<string, GitText & { sha?: string }>> {
    const texts = new Map<string, GitText & { sha?: string }>();
    for (let start = 0; start < ids.length; start += blobsPerQuery) {
      const part = ids.slice(start, start + blobsPerQuery);
      const { data } = await this.#client.query(
        blobsQuery(part.map(objectOf)),
        this.#configured,
        blobsSchema,
        { timeoutMs: 11_000, signal },
      );
      part.forEach((id, index) => {
        const { oid, text, isTruncated } = data.repository[`f${index}`] ?? {};
        // U+FFFD may stand for what is no UTF-8: only the bytes tell.
        const isCertain = typeof text === 'string' && !isTruncated && !text.includes('\ufffd');
        if (isCertain)
          texts.set(id, { ...toText(Buffer.from(text)), ...(oid ? { sha: oid } : {}) });
      });
    }
    return texts;
  }

  async fileAt(path: string, ref: string) {
    try {
      return await this.#client.getJson(
        `${this.#repository}/contents${segmentsOf(path)}`,
        textSchema,
        {
          query: { ref },
          maxBytes: maxFileBytes,
        },
      );
    } catch (error) {
      if (error instanceof UpstreamError && error.errorClass === 'not-found') return undefined;
      throw error;
    }
  }

  async commitsOf(path: string, ref: string, page: number, perPage: number) {
    const commits = await this.#client.getJson(`${this.#repository}/commits`, commitsSchema, {
      query: { path, sha: ref, page, per_page: perPage },
      maxBytes: 8 * maxFileBytes,
      timeoutMs: 5_000,
    });
    return commits.map(toCommit);
  }

  async renamesOf(commit: string): Promise<GitRenames> {
    const from = new Map<string, string>();
    let parent: string | undefined;
    let query: Record<string, string> | undefined = {};
    for (let page = 0; query && page < maxPagesOfFiles; page += 1) {
      const answer: HttpAnswer = await this.#client.get(
        this.#repository + encodedPath`/commits/${commit}`,
        { query, maxBytes: 8 * maxFileBytes, timeoutMs: 10_000 },
      );
      const { parents, files } = parseJson(answer, commitFilesSchema);
      parent = parents[0]?.sha;
      for (const { status, filename, previous_filename: previous } of files) {
        if (status === 'renamed' && previous) from.set(filename, previous);
      }
      query = nextPage(answer.headers.link);
    }
    return { ...(parent ? { parent } : {}), from };
  }

  async pullRequestOf(commit: string, branch: string): Promise<PullRequestRef | undefined> {
    const pulls = await this.#client.getJson(
      this.#repository + encodedPath`/commits/${commit}/pulls`,
      pullsSchema,
      { maxBytes: 8 * maxFileBytes },
    );
    const all = pulls.filter(pull => pull.merged_at);
    // A commit that went on to another branch is part of that pull request, too.
    const merged = all.find(pull => pull.base?.ref === branch) ?? all[0];
    return (
      merged && {
        number: merged.number,
        url: merged.html_url,
        title: merged.title,
        mergedAt: merged.merged_at!,
      }
    );
  }

  pullRequestUrl(number: number): string {
    return `${this.#page}/pull/${number}`;
  }

  commitUrl(sha: string): string {
    return `${this.#page}/commit/${sha}`;
  }

  async mergedBy(number: number): Promise<Merger | undefined> {
    const { merged_by: account } = await this.#client.getJson(
      this.#repository + encodedPath`/pulls/${String(number)}`,
      mergerSchema,
    );
    if (!account) return undefined;
    if (isBotIdentity(account)) return { name: account.login, isBot: true };
    return { name: (await this.#names.fetch(account.login)) ?? account.login };
  }

  /**
   * GETs JSON of the repository.
   *
   * @param path - below the repository's own, starts with `/`
   * @param etag - of the last answer
   * @returns undefined when the answer still has this ETag, which costs nothing of the limit
   */
  async ask<T>(
    path: string,
    schema: z.ZodType<T>,
    { query, etag }: { query?: Record<string, string | number>; etag?: string } = {},
  ): Promise<{ value: T; etag?: string; next?: Record<string, string> } | undefined> {
    const answer = await this.#client.get(this.#repository + path, {
      query,
      headers: etag ? { 'if-none-match': etag } : {},
      maxBytes: 8 * maxFileBytes,
      timeoutMs: 10_000,
    });
    this.#noteQuota(answer);
    if (answer.status === 304) return undefined;
    return {
      value: parseJson(answer, schema),
      etag: answer.headers.etag,
      next: nextPage(answer.headers.link),
    };
  }

  /** The name that a person has given; the login when there is none, or the token may not see it. */
  async #nameOf(login: string): Promise<string> {
    try {
      const path = encodedPath`/users/${login}`;
      return (await this.#client.getJson(path, profileSchema)).name || login;
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      if (!['not-found', 'forbidden', 'unauthorized'].includes(errorClass)) throw error;
      return login;
    }
  }

  get #repository(): string {
    return this.#moved?.path ?? pathOf(this.#configured);
  }

  #noteQuota({ headers }: HttpAnswer): void {
    const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
    this.#quota = Number.isFinite(remaining) ? remaining : Infinity;
  }

  async #noteMove(redirectedTo: string | undefined): Promise<void> {
    if (redirectedTo === undefined) {
      this.#moved = undefined;
      return;
    }
    const known = this.#moved;
    const path = repositoryOf(redirectedTo) ?? pathOf(this.#configured);
    const isFresh = known?.move.to && Date.now() - known.askedAt < nameIsFreshMs;
    if (isFresh && known.path === path) return;
    this.#moved = { path, move: await this.#newName(), askedAt: Date.now() };
  }

  /** That it has moved is true also when GitHub does not say where to. */
  async #newName(): Promise<RepositoryMove> {
    const found = await this.#client
      .getJson(pathOf(this.#configured), repositorySchema)
      .catch(() => undefined);
    return found ? { to: found.full_name } : {};
  }
}

/**
 * https://docs.github.com/en/graphql/reference/objects#blob
 *
 * @param objects - arguments of `Repository.object`
 */
function blobsQuery(objects: readonly string[]): string {
  const files = objects.map((object, index) => `f${index}:object(${object}){...file}`);
  return `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${files.join(
    ' ',
  )}}}fragment file on Blob{oid text isTruncated}`;
}
