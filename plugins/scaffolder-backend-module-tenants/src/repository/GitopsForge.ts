import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrations,
} from '@backstage/integration';
import { GithubClient, toUpstreamError, type GitopsConfig } from '@internal/gitops';
import { z } from 'zod';
import { ForgeError } from './ForgeError';

const pullRequestSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullish(),
});
const shaSchema = z.object({ sha: z.string() });
const refSchema = z.object({ object: shaSchema });
/** A write whose answer tells nothing that matters. */
const doneSchema = z.object({});
const commitSchema = z.object({
  sha: z.string(),
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  committer: z.object({ date: z.string() }),
});
const changedFilesSchema = z.array(z.object({ filename: z.string(), patch: z.string().nullish() }));
const changeSchema = z.object({ files: changedFilesSchema.default([]) });

/** A pull request, as far as it matters here. */
export interface PullRequest {
  number: number;
  url: string;
  open: boolean;
  body: string;
}

/** A commit of Git's own, as far as it matters here. */
export interface GitCommit {
  sha: string;
  message: string;
  tree: string;
  /** Milliseconds since 1970. */
  committedAt: number;
}

/** A file that a commit or pull request changes. */
export interface ChangedFile {
  path: string;
  /** Unified diff; empty when the host leaves it out. */
  patch: string;
}

/** Somebody waits for the form: what fails is told at once. Milliseconds. */
const timeoutMs = 15_000;

/** The GitOps repository's host, over GitHub's REST API (docs.github.com/rest). */
export class GitopsForge {
  private readonly repository: { owner: string; repo: string };
  private client: GithubClient | undefined;

  constructor(
    private readonly gitops: GitopsConfig,
    private readonly integrations: ScmIntegrations,
    private readonly credentials: GithubCredentialsProvider = DefaultGithubCredentialsProvider.fromIntegrations(
      integrations,
    ),
  ) {
    this.repository = { owner: gitops.repository.owner, repo: gitops.repository.name };
  }

  /** Pull requests from a branch of the repository itself, newest first. */
  async pullRequestsFrom(branch: string): Promise<PullRequest[]> {
    const head = `${this.repository.owner}:${branch}`;
    const parameters = { head, state: 'all', sort: 'created', direction: 'desc' };
    return this.pullRequests(parameters);
  }

  /** Open pull requests to the branch that tenants are on, newest first. */
  async openPullRequests(limit: number): Promise<PullRequest[]> {
    return this.pullRequests({ base: this.gitops.branch, state: 'open', per_page: limit });
  }

  async changedFilesOf(pullRequest: PullRequest): Promise<ChangedFile[]> {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
    const parameters = { pull_number: pullRequest.number, per_page: 100 };
    return (await this.call(route, parameters, changedFilesSchema)).map(toChangedFile);
  }

  /** The newest commits of the branch that changed something below a path, newest first: their ids. */
  async recentCommits(path: string, limit: number): Promise<string[]> {
    const parameters = { sha: this.gitops.branch, path, per_page: limit };
    const route = 'GET /repos/{owner}/{repo}/commits';
    const commits = await this.call(route, parameters, z.array(shaSchema));
    return commits.map(({ sha }) => sha);
  }

  async changedFilesIn(commit: string): Promise<ChangedFile[]> {
    const route = 'GET /repos/{owner}/{repo}/commits/{ref}';
    const { files } = await this.call(route, { ref: commit }, changeSchema);
    return files.map(toChangedFile);
  }

  /** The commit that a branch is at; undefined when there is no such branch. */
  async headOf(branch: string): Promise<GitCommit | undefined> {
    const ref = `heads/${branch}`;
    const found = await this.callUnless(
      404,
      'GET /repos/{owner}/{repo}/git/ref/{ref}',
      { ref },
      refSchema,
    );
    if (found === undefined) return undefined;
    const { sha } = found.object;
    const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
    const commit = await this.call(route, { commit_sha: sha }, commitSchema);
    return {
      sha,
      message: commit.message,
      tree: commit.tree.sha,
      committedAt: Date.parse(commit.committer.date),
    };
  }

  /** Makes a commit that no branch holds yet; returns its id. */
  async createCommit(commit: { message: string; tree: string; parent: string }): Promise<string> {
    const { message, tree, parent } = commit;
    const parameters = { message, tree, parents: [parent] };
    const route = 'POST /repos/{owner}/{repo}/git/commits';
    return (await this.call(route, parameters, shaSchema)).sha;
  }

  /** False when the branch is there already; of two calls at once, one makes it. */
  async createBranch(branch: string, sha: string): Promise<boolean> {
    const parameters = { ref: `refs/heads/${branch}`, sha };
    const route = 'POST /repos/{owner}/{repo}/git/refs';
    return (await this.callUnless(422, route, parameters, doneSchema)) !== undefined;
  }

  /** Moves a branch on to a descendant of its head; false when its head is another by now. */
  async advanceBranch(branch: string, sha: string): Promise<boolean> {
    const parameters = { ref: `heads/${branch}`, sha, force: false };
    const route = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}';
    return (await this.callUnless(422, route, parameters, doneSchema)) !== undefined;
  }

  async deleteBranch(branch: string): Promise<void> {
    const route = 'DELETE /repos/{owner}/{repo}/git/refs/{ref}';
    await this.callUnless(422, route, { ref: `heads/${branch}` }, z.unknown());
  }

  private async pullRequests(parameters: Record<string, unknown>): Promise<PullRequest[]> {
    const route = 'GET /repos/{owner}/{repo}/pulls';
    const pulls = await this.call(route, parameters, z.array(pullRequestSchema));
    return pulls.map(pull => ({
      number: pull.number,
      url: pull.html_url,
      open: pull.state === 'open',
      body: pull.body ?? '',
    }));
  }

  /** As {@link call}, but undefined for one status that means something. */
  private async callUnless<T>(
    status: number,
    route: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
  ): Promise<T | undefined> {
    try {
      return await this.call(route, parameters, schema);
    } catch (error) {
      if (error instanceof ForgeError && error.status === status) return undefined;
      throw error;
    }
  }

  /** @throws ForgeError */
  private async call<T>(
    route: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const { url } = this.gitops.repository;
    // Asked for each time: the token of a GitHub App lives for an hour.
    const { headers = {} } = await this.credentials.getCredentials({ url });
    this.client ??= new GithubClient({ apiUrl: this.apiUrl() });
    try {
      const all = { ...this.repository, ...parameters };
      return await this.client.call(route, all, schema, { headers, timeoutMs });
    } catch (error) {
      throw new ForgeError(route, toUpstreamError(error));
    }
  }

  private apiUrl(): string {
    const { host } = this.gitops.repository;
    const apiUrl = this.integrations.github.byHost(host)?.config.apiBaseUrl;
    if (!apiUrl) throw new Error(`integrations.github has no apiBaseUrl for host ${host}`);
    return apiUrl;
  }
}

function toChangedFile(file: z.infer<typeof changedFilesSchema>[number]): ChangedFile {
  return { path: file.filename, patch: file.patch ?? '' };
}
