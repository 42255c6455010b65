import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import type { GitCommit, GithubApi } from './GithubApi';

/** https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request */
const mergeSubject = /^Merge pull request #(\d{1,9}) from \S+$/;
const squashSubject = /^(.*\S) \(#(\d{1,9})\)$/;

/**
 * The pull request that the message of a merge or squash commit names, for a host that does not say more. A merge commit's
 * author is who merged; of a squash commit nobody knows.
 */
export function messagePullRequest(
  { message, committedAt }: GitCommit,
  api: Pick<GithubApi, 'pullRequestUrl'>,
): PullRequestRef | undefined {
  const [subject, ...rest] = message.split('\n');
  const merged = mergeSubject.exec(subject);
  if (merged) {
    const number = Number(merged[1]);
    return {
      number,
      url: api.pullRequestUrl(number),
      title: rest.find(line => line.trim() !== '') ?? subject,
      mergedAt: committedAt,
    };
  }
  const [, title, digits] = squashSubject.exec(subject) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return { number, url: api.pullRequestUrl(number), title, mergedAt: committedAt };
}
