import type {
  DiffSide,
  HistoryEntry,
  ReleaseDiff,
  ReleaseMarker,
} from '@internal/plugin-tenant-releases-common';

/**
 * Who stands for everybody that made a change, towards people who do not see the fleet: a change of many tenants is made by
 * people of one of them, or of the operator.
 */
export const operator = 'the platform team';

/**
 * An entry of a history as people see it who do not see the fleet. The message of a commit and the title of a pull request
 * may speak of several tenants, so what changed is said from the entry itself.
 */
export function ownHistoryEntry(entry: HistoryEntry): HistoryEntry {
  const { version, previousVersion, commit, committedAt, kind } = entry;
  const { syncedAt, runningAt, replacedAt, replacedBy } = entry;
  return Object.fromEntries(
    Object.entries({
      version,
      previousVersion,
      commit,
      author: operator,
      message: messageOf(entry),
      committedAt,
      syncedAt,
      runningAt,
      replacedAt,
      replacedBy,
      kind,
    }).filter(([, value]) => value !== undefined),
  ) as unknown as HistoryEntry;
}

function messageOf({ kind, previousVersion }: HistoryEntry): string {
  if (kind === 'settings') return 'The settings of the tenant changed';
  return previousVersion === undefined ? 'The version was set' : 'The version changed';
}

/** See {@link ownHistoryEntry}. */
export function ownMarker(marker: ReleaseMarker): ReleaseMarker {
  const { time, version, previousVersion, kind } = marker;
  return {
    time,
    version,
    ...(previousVersion === undefined ? {} : { previousVersion }),
    kind,
    author: operator,
  };
}

/** See {@link ownHistoryEntry}; the rest of a difference is of the tenant's own file. */
export function ownDiff(diff: ReleaseDiff): ReleaseDiff {
  const { tenant, service, from, to, values, manifests } = diff;
  return { tenant, service, from: ownSide(from), to: ownSide(to), values, manifests };
}

function ownSide({ commit, version, committedAt }: DiffSide): DiffSide {
  return { commit, ...(version === undefined ? {} : { version }), author: operator, committedAt };
}
