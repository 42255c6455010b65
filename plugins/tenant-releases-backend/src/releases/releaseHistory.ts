import {
  type HistoryEntry,
  type PullRequestRef,
  type ReleaseMarker,
} from '@internal/plugin-tenant-releases-common';
import { shorten } from '@internal/gitops';
import { plainPullRequest } from '../join/plainParts';

/** A commit that touched a tenant file, with the version that the file held after it. */
export interface FileCommit {
  commit: string;
  author: string;
  /** The author is a program. */
  isBot?: true;
  message: string;
  /** RFC 3339. */
  committedAt: string;
  pullRequest?: PullRequestRef;
  /** Absent when the file was not there or could not be read. */
  version?: string;
  syncedAt?: string;
  runningAt?: string;
  /** Path that the file had before, when the commit moved it. */
  movedFrom?: string;
}

/**
 * The history of a release from the commits of its tenant file. A rollback is a change to a version that had been in
 * use before the one it replaces; going forward again afterwards is a release. Commits that could not be read count
 * as changes of settings.
 *
 * @param commits - newest first; the whole history, or its newest part
 * @returns newest first
 */
export function releaseHistory(commits: readonly FileCommit[]): HistoryEntry[] {
  const firstUse = new Map<string, number>();
  const entries: HistoryEntry[] = [];
  let current: string | undefined;
  for (const [position, found] of [...commits].reverse().entries()) {
    const previousVersion = current;
    const version = found.version ?? current;
    if (version === undefined) continue;
    const { version: _, message, author, pullRequest, movedFrom, ...rest } = found;
    entries.push({
      ...rest,
      ...(pullRequest ? { pullRequest: plainPullRequest(pullRequest) } : {}),
      ...(movedFrom ? { movedFrom: shorten(movedFrom) } : {}),
      author: shorten(author, 80),
      message: shorten(message.split('\n', 1)[0]),
      version,
      ...(previousVersion === undefined || previousVersion === version ? {} : { previousVersion }),
      kind: kindOf(version, previousVersion, firstUse),
    });
    if (!firstUse.has(version)) firstUse.set(version, position);
    current = version;
  }
  return withReplacements(entries.reverse());
}

/** @param entries - newest first */
function withReplacements(entries: HistoryEntry[]): HistoryEntry[] {
  let next: HistoryEntry | undefined;
  return entries.map((entry, index) => {
    const newer = entries[index - 1];
    if (newer && newer.version !== entry.version) next = newer;
    if (!next) return entry;
    return { ...entry, replacedAt: next.committedAt, replacedBy: next.version };
  });
}

function kindOf(
  version: string,
  previous: string | undefined,
  firstUse: ReadonlyMap<string, number>,
): HistoryEntry['kind'] {
  if (version === previous) return 'settings';
  const first = firstUse.get(version);
  const replaced = previous === undefined ? undefined : firstUse.get(previous);
  return first !== undefined && replaced !== undefined && first < replaced ? 'rollback' : 'release';
}

/** The releases of a history as marks on a time axis, oldest first, placed where they were synced if that is known. */
export function releaseMarkers(entries: readonly HistoryEntry[]): ReleaseMarker[] {
  return entries
    .flatMap(({ kind, version, previousVersion, author, syncedAt, committedAt }) =>
      kind === 'settings'
        ? []
        : [
            {
              time: Math.floor(Date.parse(syncedAt ?? committedAt) / 1000),
              version,
              ...(previousVersion === undefined ? {} : { previousVersion }),
              kind,
              author,
            },
          ],
    )
    .reverse();
}
