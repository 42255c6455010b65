import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { encodedPath, HttpClient, parseJson } from '../upstream/HttpClient';
import { UpstreamError } from '../upstream/UpstreamError';

/** A commit, as the history needs it. */
export interface GitCommit {
  sha: string;
  author: string;
  message: string;
  /** RFC 3339. */
  committedAt: string;
}

/** A file of a tree. */
export interface GitFile {
  path: string;
  /** SHA of the content. */
  sha: string;
}

/** The part of GitHub's API that the desired index reads: https://docs.github.com/en/rest */
export interface GithubApi {
  /** The branch's newest commit; `undefined` when it still has this ETag. */
  head(branch: string, etag?: string): Promise<{ commit: GitCommit; etag?: string } | undefined>;
  /** Every file of a commit. */
  files(sha: string): Promise<GitFile[]>;
  /** The content of a file by its SHA. */
  blob(sha: string): Promise<string>;
  /**
   * The contents of many files by their SHA, at once. What is left out is to be asked for by {@link GithubApi.blob}: it
   * is not there, no text, or large.
   */
  blobs(shas: readonly string[], signal: AbortSignal): Promise<Map<string, string>>;
  /** The content of a file at a commit; `undefined` when it is not there. */
  fileAt(path: string, ref: string): Promise<{ sha: string; text: string } | undefined>;
  /** Commits that touched a file, newest first. */
  commitsOf(path: string, ref: string, page: number, perPage: number): Promise<GitCommit[]>;
  /** The merged pull request that brought a commit. */
  pullRequestOf(sha: string): Promise<PullRequestRef | undefined>;
  /** Requests that are left until the limit is reset; infinite where there is no limit. */
  quota(): number;
}

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);

const commitSchema = z.object({
  sha,
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string(), date: z.string() }).nullish(),
    committer: z.object({ name: z.string(), date: z.string() }).nullish(),
  }),
});

const treeSchema = z.object({
  truncated: z.boolean().optional(),
  tree: z.array(z.object({ path: z.string(), type: z.string(), sha })),
});

const contentSchema = z.object({ sha, encoding: z.string(), content: z.string() });

const pullsSchema = z.array(
  z.object({
    number: z.number().int(),
    html_url: z.string(),
    title: z.string(),
    merged_at: z.string().nullish(),
  }),
);

/** Tenant files are small; a file or a page of commits that is not is refused. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;

const accept = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
};

const blobsSchema = z.object({
  data: z.object({
    repository: z.record(
      z.string(),
      z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullable(),
    ),
  }),
});

/** GitHub answers a query within 10 s or not at all. */
const blobsPerQuery = 100;

/** {@link GithubApi} over HTTP. */
export class GithubClient implements GithubApi {
  readonly #http: HttpClient;
  readonly #graphql: HttpClient | undefined;
  readonly #names: { owner: string; name: string };
  readonly #repository: string;
  #quota = Infinity;

  /**
   * @param http - client of the REST API's base address, with credentials
   * @param graphql - client of the address that `/graphql` is below, with credentials; without it every file is a request
   */
  constructor(http: HttpClient, repository: { owner: string; name: string }, graphql?: HttpClient) {
    this.#http = http;
    this.#graphql = graphql;
    this.#names = { owner: repository.owner, name: repository.name };
    this.#repository = encodedPath`/repos/${repository.owner}/${repository.name}`;
  }

  async head(branch: string, etag?: string) {
    const answer = await this.#http.get(this.#repository + encodedPath`/commits/${branch}`, {
      headers: { ...accept, ...(etag ? { 'if-none-match': etag } : {}) },
    });
    const remaining = Number(answer.headers['x-ratelimit-remaining'] ?? NaN);
    this.#quota = Number.isFinite(remaining) ? remaining : Infinity;
    if (answer.status === 304) return undefined;
    return { commit: toCommit(parseJson(answer, commitSchema)), etag: answer.headers.etag };
  }

  quota(): number {
    return this.#quota;
  }

  async files(commit: string): Promise<GitFile[]> {
    const { tree, truncated } = await this.#http.getJson(
      this.#repository + encodedPath`/git/trees/${commit}`,
      treeSchema,
      { query: { recursive: 1 }, headers: accept, timeoutMs: 15_000 },
    );
    if (truncated) {
      throw new UpstreamError('bad-answer', 'the repository has too many files for one tree');
    }
    return tree
      .filter(entry => entry.type === 'blob')
      .map(({ path, sha: id }) => ({ path, sha: id }));
  }

  async blob(id: string): Promise<string> {
    const found = await this.#http.getJson(
      this.#repository + encodedPath`/git/blobs/${id}`,
      contentSchema,
      { headers: accept, maxBytes: maxFileBytes },
    );
    return decode(found);
  }

  async blobs(shas: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    if (!this.#graphql) return texts;
    for (let start = 0; start < shas.length; start += blobsPerQuery) {
      const part = shas.slice(start, start + blobsPerQuery);
      const { data } = await this.#graphql.postJson(
        '/graphql',
        { query: blobsQuery(part), variables: this.#names },
        blobsSchema,
        { timeoutMs: 11_000, signal },
      );
      part.forEach((id, index) => {
        const { text, isTruncated } = data.repository[`f${index}`] ?? {};
        if (typeof text === 'string' && !isTruncated) texts.set(id, text);
      });
    }
    return texts;
  }

  async fileAt(path: string, ref: string) {
    const encoded = path
      .split('/')
      .map(part => encodedPath`/${part}`)
      .join('');
    try {
      const found = await this.#http.getJson(
        `${this.#repository}/contents${encoded}`,
        contentSchema,
        { query: { ref }, headers: accept, maxBytes: maxFileBytes },
      );
      return { sha: found.sha, text: decode(found) };
    } catch (error) {
      if (error instanceof UpstreamError && error.errorClass === 'not-found') return undefined;
      throw error;
    }
  }

  async commitsOf(path: string, ref: string, page: number, perPage: number) {
    const commits = await this.#http.getJson(`${this.#repository}/commits`, z.array(commitSchema), {
      query: { path, sha: ref, page, per_page: perPage },
      headers: accept,
      maxBytes: 8 * maxFileBytes,
      timeoutMs: 5_000,
    });
    return commits.map(toCommit);
  }

  async pullRequestOf(commit: string): Promise<PullRequestRef | undefined> {
    const pulls = await this.#http.getJson(
      this.#repository + encodedPath`/commits/${commit}/pulls`,
      pullsSchema,
      { headers: accept, maxBytes: 8 * maxFileBytes },
    );
    const merged = pulls.find(pull => pull.merged_at);
    return (
      merged && {
        number: merged.number,
        url: merged.html_url,
        title: merged.title,
        mergedAt: merged.merged_at!,
      }
    );
  }
}

/** https://docs.github.com/en/graphql/reference/objects#blob; SHAs are hexadecimal, so nothing can break out of the text. */
function blobsQuery(shas: readonly string[]): string {
  const files = shas.map((id, index) => `f${index}:object(oid:"${sha.parse(id)}"){...file}`);
  return `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${files.join(
    ' ',
  )}}}fragment file on Blob{text isTruncated}`;
}

function decode({ encoding, content }: z.infer<typeof contentSchema>): string {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString('utf8');
  if (encoding === 'utf-8') return content;
  throw new UpstreamError('bad-answer', `unknown encoding "${encoding}"`);
}

function toCommit({ sha: id, commit }: z.infer<typeof commitSchema>): GitCommit {
  const { author, committer, message } = commit;
  return {
    sha: id,
    author: author?.name ?? committer?.name ?? 'unknown',
    message,
    committedAt: new Date(committer?.date ?? author?.date ?? 0).toISOString(),
  };
}
