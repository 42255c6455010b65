import type { DesiredEntry } from '../desired/DesiredEntries';
import type { HistoryCommit } from '../desired/FileHistories';

/**
 * When Git first wanted each version for one of the tenants, RFC 3339, as far as their histories have been read. A roll-back
 * does not make a version newer.
 */
export function firstSeenOf(
  entries: readonly DesiredEntry[],
  history: (entry: DesiredEntry) => readonly HistoryCommit[] | undefined,
): Map<string, string> {
  const first = new Map<string, string>();
  for (const { version, committedAt } of entries.flatMap(entry => history(entry) ?? [])) {
    const known = version === undefined ? undefined : first.get(version);
    const isEarlier = known === undefined || Date.parse(committedAt) < Date.parse(known);
    if (version !== undefined && isEarlier) first.set(version, committedAt);
  }
  return first;
}
