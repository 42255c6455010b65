import type { MergeGraph } from '@internal/gitops';
import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import type { GitCommit, GithubApi } from '../GithubApi';
import { messagePullRequest } from '../messagePullRequest';

/** What {@link ToldPullRequests} need. */
export interface ToldPullRequestsOptions {
  merges: Pick<MergeGraph, 'mergeOf'>;
  /** @returns undefined for a commit that is not there */
  commit(sha: string): Promise<GitCommit | undefined>;
  pages: Pick<GithubApi, 'pullRequestUrl'>;
}

/** Pull requests, as far as the messages of commits tell of them: that of the commit itself, or of the merge that brought it. */
export class ToldPullRequests {
  readonly #options: ToldPullRequestsOptions;

  constructor(options: ToldPullRequestsOptions) {
    this.#options = options;
  }

  /**
   * The pull request of a commit; undefined when no message tells of one.
   *
   * @param head - of the branch
   */
  async find(sha: string, head: string | undefined): Promise<PullRequestRef | undefined> {
    const { merges, commit, pages } = this.#options;
    const own = await commit(sha);
    if (!own) return undefined;
    const told = messagePullRequest(own, pages);
    if (told || !head) return told;
    const merge = await merges.mergeOf(sha, head);
    const merging = merge === undefined ? undefined : await commit(merge);
    return merging && messagePullRequest(merging, pages);
  }
}
