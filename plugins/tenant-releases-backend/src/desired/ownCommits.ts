import type { DesiredEntry } from './DesiredEntries';
import type { HistoryCommit } from './FileHistories';

/** Of a file that other tenants have their version from, only the commits that changed this one are the release's. */
export function ownCommits({ deployed }: DesiredEntry, commits: HistoryCommit[]): HistoryCommit[] {
  if (!deployed?.isShared) return commits;
  return commits.filter(
    ({ version }, index) => version !== undefined && version !== commits[index + 1]?.version,
  );
}
