import type { HistoryCommit } from '../desired/FileHistories';

/** A deployment of Argo CD, with the content that the tenant file had at its revision. */
export interface DeployedContent {
  /** SHA of the content. */
  content: string;
  /** RFC 3339. */
  deployedAt: string;
}

/**
 * When each commit of a tenant file was first synced: with the first deployment whose revision holds the commit and
 * still the version that it set.
 *
 * @param commits - newest first
 * @returns by commit
 */
export function syncedTimes(
  commits: readonly HistoryCommit[],
  deployments: readonly DeployedContent[],
): Map<string, { syncedAt: string }> {
  const times = new Map<string, { syncedAt: string }>();
  const inOrder = [...deployments].sort(
    (a, b) => Date.parse(a.deployedAt) - Date.parse(b.deployedAt),
  );
  for (const { content, deployedAt } of inOrder) {
    const position = commits.findIndex(
      commit => commit.sha === content && isBefore(commit.committedAt, deployedAt),
    );
    if (position >= 0) {
      for (const commit of commits.slice(position)) {
        // Commits before it that set another version were replaced before Argo CD saw them.
        if (commit.version !== commits[position].version) break;
        if (!times.has(commit.commit)) times.set(commit.commit, { syncedAt: deployedAt });
      }
    }
  }
  return times;
}

function isBefore(time: string, other: string): boolean {
  return Date.parse(time) <= Date.parse(other);
}
