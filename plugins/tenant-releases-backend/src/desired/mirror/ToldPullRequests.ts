import { pullRequestFacts, type CommitFacts, type MergeGraph } from '@internal/gitops';
import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { pullRequestPage, type GitHostKind } from './pullRequestPage';

/** What {@link ToldPullRequests} need. */
export interface ToldPullRequestsOptions {
  merges: Pick<MergeGraph, 'mergeOf'>;
  /** @returns undefined for a commit that is not there */
  commit(sha: string): Promise<CommitFacts | undefined>;
  /** Address of the repository, as people open it. */
  repository: string;
  hostKind: GitHostKind;
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
    const { merges, commit } = this.#options;
    const own = await commit(sha);
    if (!own) return undefined;
    const told = this.#refOf(own);
    if (told || !head) return told;
    const merge = await merges.mergeOf(sha, head);
    const merging = merge === undefined ? undefined : await commit(merge);
    return merging && this.#refOf(merging);
  }

  #refOf(commit: CommitFacts): PullRequestRef | undefined {
    const facts = pullRequestFacts(commit);
    if (!facts) return undefined;
    const { repository, hostKind } = this.#options;
    return {
      number: facts.number,
      url: pullRequestPage(repository, hostKind, facts.number),
      title: facts.title ?? commit.message.split('\n')[0],
      mergedAt: commit.committedAt,
    };
  }
}
