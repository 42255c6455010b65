import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { safeLink } from './grafanaLink';
import { mergedAt } from './stateSince';
import { formatDuration, secondsBetween } from './time';

/** What people call the kinds of change. */
export const kindNames: Record<HistoryEntry['kind'], string> = {
  release: 'Release',
  rollback: 'Roll-back',
  settings: 'Settings',
};

/**
 * The change that brought a version as it is now: the newest of that version that changed the version at all.
 *
 * @param entries - newest first
 */
export function currentEntry(
  entries: readonly HistoryEntry[],
  version: string,
): HistoryEntry | undefined {
  return entries.find(entry => entry.version === version && entry.kind !== 'settings');
}

/** How long a version was what Git wanted. */
export interface TimeInUse {
  /** RFC 3339. */
  from: string;
  /** RFC 3339; absent while it still is. */
  until?: string;
  /** The version that took its place; absent while none has. */
  replacedBy?: string;
}

/**
 * From when until when an entry's version was wanted, and what replaced it. Settings change no version and so end none.
 *
 * @param entries - newest first
 */
export function timeInUse(entries: readonly HistoryEntry[], entry: HistoryEntry): TimeInUse {
  const from = mergedAt(entry) ?? entry.committedAt;
  const { replacedAt, replacedBy } = entry;
  if (replacedAt && replacedBy) return { from, until: replacedAt, replacedBy };
  const newer = entries.slice(0, entries.indexOf(entry)).reverse();
  const next = newer.find(({ kind, version }) => kind !== 'settings' && version !== entry.version);
  if (!next) return { from };
  return { from, until: mergedAt(next) ?? next.committedAt, replacedBy: next.version };
}

/** A step on the way of a change, in seconds; absent when nobody saw it. */
export interface ReleaseSteps {
  /** From the merge to the end of the sync. */
  sync?: number;
  /** From there until the first pod was ready. */
  rollOut?: number;
}

const positive = (seconds: number | undefined) =>
  seconds !== undefined && seconds >= 0 ? seconds : undefined;

/** How long the steps of a change took. */
export function releaseSteps(entry: HistoryEntry): ReleaseSteps {
  return {
    sync: positive(secondsBetween(mergedAt(entry), entry.syncedAt)),
    rollOut: positive(secondsBetween(entry.syncedAt, entry.runningAt)),
  };
}

/**
 * How long the steps of a release took: `4 s to sync, 27 s to run`; a step may be `not seen`,
 * `undefined` when nothing is known.
 */
export function stepDurations(entry: HistoryEntry): string | undefined {
  if (!entry.syncedAt && !entry.runningAt) return undefined;
  const { sync, rollOut } = releaseSteps(entry);
  const format = (step: string, seconds?: number) =>
    seconds === undefined ? `${step} not seen` : `${formatDuration(seconds)} to ${step}`;
  return `${format('sync', sync)}, ${format('run', rollOut)}`;
}

/**
 * The page of Git that shows what a commit changed, as GitHub and what is like it name it; found from the address of the
 * tenant's file.
 *
 * @param values - `links.values` of the release, `https://host/owner/repository/blob/branch/path`
 */
export function commitLink(values: string | undefined, commit: string): string | undefined {
  const repository = values && /^(.*?\/[^/]+\/[^/]+)\/blob\//.exec(values)?.[1];
  return safeLink(repository && `${repository}/commit/${encodeURIComponent(commit)}`);
}
