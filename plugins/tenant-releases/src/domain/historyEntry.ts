import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
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

/**
 * How long the steps of a release took: `4 s → 27 s`. A step that nobody saw is `?`;
 * `undefined` when nothing is known.
 */
export function stepDurations(entry: HistoryEntry): string | undefined {
  const { syncedAt, runningAt } = entry;
  if (!syncedAt && !runningAt) return undefined;
  const step = (from?: string, to?: string) => {
    const seconds = secondsBetween(from, to);
    return seconds === undefined || seconds < 0 ? '?' : formatDuration(seconds);
  };
  return `${step(mergedAt(entry), syncedAt)} → ${step(syncedAt, runningAt)}`;
}
