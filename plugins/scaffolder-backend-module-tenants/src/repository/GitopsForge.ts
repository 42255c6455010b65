import type { ScmIntegrations } from '@backstage/integration';
import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
} from '@backstage/integration';
import { GithubClient, type GitopsConfig } from '@internal/gitops';
import { z } from 'zod';
import { ForgeError } from './ForgeError';

const pullRequestSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullish(),
});
const refSchema = z.object({ object: z.object({ sha: z.string() }) });
const commitSchema = z.object({
  sha: z.string(),
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  committer: z.object({ date: z.string() }),
});
const changedFilesSchema = z.array(z.object({ filename: z.string(), patch: z.string().nullish() }));

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

/** How long one call may take, in milliseconds. */
const callTimeout = 15_000;

/** The GitOps repository's host, over GitHub's REST API (docs.github.com/rest). */
export class GitopsForge {
  private readonly repository: { owner: string; repo: string };

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
    const data = await this.call(route, { pull_number: pullRequest.number, per_page: 100 });
    return changedFilesSchema.parse(data).map(toChangedFile);
  }

  /** The newest commits of the branch that changed something below a path, newest first: their ids. */
  async recentCommits(path: string, limit: number): Promise<string[]> {
    const parameters = { sha: this.gitops.branch, path, per_page: limit };
    const data = await this.call('GET /repos/{owner}/{repo}/commits', parameters);
    return z
      .array(z.object({ sha: z.string() }))
      .parse(data)
      .map(commit => commit.sha);
  }

  async changedFilesIn(commit: string): Promise<ChangedFile[]> {
    const data = await this.call('GET /repos/{owner}/{repo}/commits/{ref}', { ref: commit });
    return z
      .object({ files: changedFilesSchema.default([]) })
      .parse(data)
      .files.map(toChangedFile);
  }

  /** The commit that a branch is at; undefined when there is no such branch. */
  async headOf(branch: string): Promise<GitCommit | undefined> {
    const ref = `heads/${branch}`;
    const found = await this.callUnless(404, 'GET /repos/{owner}/{repo}/git/ref/{ref}', { ref });
    if (found === undefined) return undefined;
    const { sha } = refSchema.parse(found).object;
    const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
    const commit = commitSchema.parse(await this.call(route, { commit_sha: sha }));
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
    const data = await this.call('POST /repos/{owner}/{repo}/git/commits', parameters);
    return z.object({ sha: z.string() }).parse(data).sha;
  }

  /** False when the branch is there already; of two calls at once, one makes it. */
  async createBranch(branch: string, sha: string): Promise<boolean> {
    const parameters = { ref: `refs/heads/${branch}`, sha };
    return (
      (await this.callUnless(422, 'POST /repos/{owner}/{repo}/git/refs', parameters)) !== undefined
    );
  }

  /** Moves a branch on to a descendant of its head; false when its head is another by now. */
  async advanceBranch(branch: string, sha: string): Promise<boolean> {
    const parameters = { ref: `heads/${branch}`, sha, force: false };
    const route = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}';
    return (await this.callUnless(422, route, parameters)) !== undefined;
  }

  async deleteBranch(branch: string): Promise<void> {
    await this.callUnless(422, 'DELETE /repos/{owner}/{repo}/git/refs/{ref}', {
      ref: `heads/${branch}`,
    });
  }

  private async pullRequests(parameters: Record<string, unknown>): Promise<PullRequest[]> {
    const data = await this.call('GET /repos/{owner}/{repo}/pulls', parameters);
    return z
      .array(pullRequestSchema)
      .parse(data)
      .map(pull => ({
        number: pull.number,
        url: pull.html_url,
        open: pull.state === 'open',
        body: pull.body ?? '',
      }));
  }

  /** As {@link call}, but undefined for one status that means something. */
  private async callUnless(
    status: number,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<unknown> {
    try {
      return (await this.call(route, parameters)) ?? {};
    } catch (error) {
      if (error instanceof ForgeError && error.status === status) return undefined;
      throw error;
    }
  }

  /** A new token each time: those of a GitHub App live for an hour. */
  private async call(route: string, parameters: Record<string, unknown>): Promise<unknown> {
    const { url, host } = this.gitops.repository;
    const integration = this.integrations.github.byHost(host);
    const { token } = await this.credentials.getCredentials({ url });
    const client = new GithubClient({
      apiUrl: integration?.config.apiBaseUrl ?? '',
      token: token ?? '',
      callTimeout,
      // Somebody waits for the form: what fails is told at once.
      throttle: false,
      retry: false,
      patience: 0,
    });
    try {
      return await client.call(route, { ...this.repository, ...parameters });
    } catch (error) {
      throw new ForgeError(route, error);
    }
  }
}

function toChangedFile(file: z.infer<typeof changedFilesSchema>[number]): ChangedFile {
  return { path: file.filename, patch: file.patch ?? '' };
}
