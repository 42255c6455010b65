import { pullRequestFacts, type GitCommit, type GithubApi } from '@internal/gitops';
import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';

/** The pull request that the message of a merge or squash commit names, for a host that does not say more. */
export function messagePullRequest(
  { message, committer, committedAt }: Pick<GitCommit, 'message' | 'committer' | 'committedAt'>,
  api: Pick<GithubApi, 'pullRequestUrl'>,
): PullRequestRef | undefined {
  const facts = pullRequestFacts(message, committer);
  if (!facts) return undefined;
  const { number, title = message.split('\n')[0] } = facts;
  return { number, url: api.pullRequestUrl(number), title, mergedAt: committedAt };
}
