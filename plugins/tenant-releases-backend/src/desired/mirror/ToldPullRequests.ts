import { type CommitFacts, type MergeGraph, type GithubApi, isBotIdentity } from '@internal/gitops';
import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { messagePullRequest } from '../messagePullRequest';

/** What {@link ToldPullRequests} need. */
export interface ToldPullRequestsOptions {
  merges: Pick<MergeGraph, 'mergeOf'>;
  /** @returns undefined for a commit that is not there */
  commit(sha: string): Promise<CommitFacts | undefined>;
  pages: Pick<GithubApi, 'pullRequestUrl'>;
}

/** Pull requests, as far as the messages of commits tell of them: that of the commit itself, or of the merge that brought it. */
export class ToldPullRequests {
  readonly #options: ToldPullRequestsOptions;

  constructor(options: ToldPullRequestsOptions) {
    this.#options = options;
  }

  /**
   * The pull request of a commit, with who merged it where a merge commit tells; undefined when no message tells of one.
   *
   * @param head - of the branch
   */
  async find(sha: string, head: string | undefined): Promise<PullRequestRef | undefined> {
    const { merges, commit } = this.#options;
    const own = await commit(sha);
    if (!own) return undefined;
    const told = this.#told(own);
    if (told || !head) return told;
    const merge = await merges.mergeOf(sha, head);
    const merging = merge === undefined ? undefined : await commit(merge);
    return merging && this.#told(merging);
  }

  #told(facts: CommitFacts): PullRequestRef | undefined {
    const { author, committer, parents } = facts;
    const found = messagePullRequest({ ...facts, committer: committer.name }, this.#options.pages);
    // The author of a merge is who merged; that of a squash is who made the changes.
    if (!found || parents.length < 2) return found;
    const isBot = isBotIdentity(author);
    return { ...found, mergedBy: author.name, ...(isBot ? { mergedByBot: true as const } : {}) };
  }
}
