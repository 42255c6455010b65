import { Octokit } from 'octokit';
import { z } from 'zod';
import { GithubError } from './GithubError';

const shaSchema = z.object({ sha: z.string() });
const pullSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
});
const treeSchema = z.object({
  truncated: z.boolean().optional(),
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
});
const commitSchema = z.object({
  sha: z.string(),
  message: z.string(),
  tree: shaSchema,
  parents: z.array(shaSchema),
});
const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });
const compareSchema = z.object({
  files: z
    .array(z.object({ filename: z.string(), status: z.string(), sha: z.string().nullish() }))
    .default([]),
});

/** A pull request, as far as it matters here. */
export type Pull = z.infer<typeof pullSchema>;
/** A commit of Git's own. */
export type Commit = z.infer<typeof commitSchema>;
/** A folder's listing. */
export type Listing = z.infer<typeof treeSchema>['tree'];

/** A commit to be made, on no branch yet. */
export interface NewCommit {
  message: string;
  /** The commit that it follows. */
  parent: Commit;
  files: ReadonlyArray<{ path: string; text: string }>;
  /** Who made it; without one, the account of the token, whose commits GitHub signs. */
  author?: { name: string; email: string };
}

/** How a host is reached. */
export interface GithubConnection {
  /** Root of the REST API, without a slash at the end. */
  apiUrl: string;
  token: string;
  /** Whether to pause between writes, as GitHub asks for (a second, three for what notifies people); true by default. */
  throttle?: boolean;
}

/** How long one call may take. Milliseconds. */
const callTimeout = 30_000;
/** Files sent in one call; larger trees are made in several. */
const filesPerCall = 500;

/** The Git data and pull requests of one repository, over GitHub's REST API (docs.github.com/rest). */
export class GithubRepository {
  private readonly octokit: Octokit;

  constructor(readonly slug: { owner: string; repo: string }, connection: GithubConnection) {
    this.octokit = new Octokit({
      baseUrl: connection.apiUrl,
      auth: connection.token,
      // Its lines name addresses and headers; what matters is in the errors.
      log: { debug() {}, info() {}, warn() {}, error() {} },
      throttle: {
        enabled: connection.throttle ?? true,
        onRateLimit: retryTwice,
        onSecondaryRateLimit: retryTwice,
      },
    });
  }

  /** The commit that a branch is at; `undefined` when there is none. */
  async head(branch: string): Promise<Commit | undefined> {
    const found = await this.callUnless(404, 'GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ref: `heads/${branch}`,
    });
    if (found === undefined) return undefined;
    return this.commit(z.object({ object: shaSchema }).parse(found).object.sha);
  }

  async commit(sha: string): Promise<Commit> {
    const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
    return commitSchema.parse(await this.call(route, { commit_sha: sha }));
  }

  /** A folder by the id of its tree. */
  async listing(sha: string): Promise<Listing> {
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
    const { tree, truncated } = treeSchema.parse(await this.call(route, { tree_sha: sha }));
    if (truncated)
      throw new GithubError('The repository has a folder with more entries than the API lists');
    return tree;
  }

  async blob(sha: string): Promise<Uint8Array> {
    const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
    return Buffer.from(
      blobSchema.parse(await this.call(route, { file_sha: sha })).content,
      'base64',
    );
  }

  /** Files that differ between where two commits part and the second of them: blob ids by path. */
  async changedFiles(base: string, head: string): Promise<Map<string, string>> {
    const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
    const data = await this.call(route, { basehead: `${base}...${head}`, per_page: 100 });
    const { files } = compareSchema.parse(data);
    return new Map(
      files.map(({ filename, sha, status }) => [filename, status === 'removed' ? '' : sha ?? '']),
    );
  }

  /** Makes a commit; answers it. */
  async createCommit({ message, parent, files, author }: NewCommit): Promise<Commit> {
    let tree = parent.tree.sha;
    for (let at = 0; at < files.length; at += filesPerCall) {
      const part = files.slice(at, at + filesPerCall);
      const entries = part.map(({ path, text }) => ({
        path,
        mode: '100644',
        type: 'blob',
        content: text,
      }));
      const route = 'POST /repos/{owner}/{repo}/git/trees';
      tree = shaSchema.parse(await this.call(route, { base_tree: tree, tree: entries })).sha;
    }
    const parameters = { message, tree, parents: [parent.sha], ...(author ? { author } : {}) };
    return commitSchema.parse(
      await this.call('POST /repos/{owner}/{repo}/git/commits', parameters),
    );
  }

  /** Points a branch at a commit, wherever it was, and makes it where it was not. */
  async setBranch(branch: string, sha: string): Promise<void> {
    const created = await this.callUnless(422, 'POST /repos/{owner}/{repo}/git/refs', {
      ref: `refs/heads/${branch}`,
      sha,
    });
    if (created) return;
    const parameters = { ref: `heads/${branch}`, sha, force: true };
    await this.call('PATCH /repos/{owner}/{repo}/git/refs/{ref}', parameters);
  }

  /** The open pull request from a branch of the repository itself. */
  async openPull(branch: string, base: string): Promise<Pull | undefined> {
    const parameters = { state: 'open', head: `${this.slug.owner}:${branch}`, base };
    const found = await this.call('GET /repos/{owner}/{repo}/pulls', parameters);
    return z.array(pullSchema).parse(found)[0];
  }

  async createPull(pull: {
    head: string;
    base: string;
    title: string;
    body: string;
  }): Promise<Pull> {
    return pullSchema.parse(await this.call('POST /repos/{owner}/{repo}/pulls', pull));
  }

  async updatePull(
    number: number,
    change: { title?: string; body?: string; state?: 'closed' },
  ): Promise<Pull> {
    const parameters = { pull_number: number, ...change };
    return pullSchema.parse(
      await this.call('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', parameters),
    );
  }

  async comment(number: number, body: string): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    await this.call(route, { issue_number: number, body });
  }

  /** As {@link call}, but `undefined` for one status that means something. */
  private async callUnless(
    status: number,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<unknown> {
    try {
      return (await this.call(route, parameters)) ?? {};
    } catch (error) {
      if (error instanceof GithubError && error.status === status) return undefined;
      throw error;
    }
  }

  private async call(route: string, parameters: Record<string, unknown>): Promise<unknown> {
    const request = { signal: AbortSignal.timeout(callTimeout) };
    try {
      return (await this.octokit.request(route, { ...this.slug, ...parameters, request })).data;
    } catch (error) {
      throw GithubError.of(route, error);
    }
  }
}

function retryTwice(_after: number, _options: object, _octokit: unknown, retries: number): boolean {
  return retries < 2;
}
