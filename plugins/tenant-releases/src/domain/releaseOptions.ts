import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { kindNames } from './historyEntry';
import { formatRelative } from './time';
import { shortVersion } from './version';

/**
 * The releases of a history as choices: version, what kind of change unless it brought the version, when and by whom.
 *
 * @param now - milliseconds since 1970
 * @param chosen - commits that have to be among them, also when they are older than what is known
 */
export function releaseOptions(
  entries: readonly HistoryEntry[],
  now: number,
  chosen: readonly string[] = [],
): Array<{ value: string; label: string }> {
  const known = entries.map(({ commit, version, kind, author, committedAt }) => {
    const time = Date.parse(committedAt);
    const parts = [
      shortVersion(version),
      kind === 'release' ? undefined : kindNames[kind].toLowerCase(),
      Number.isNaN(time) ? undefined : formatRelative(time, now),
      author.length > 24 ? `${author.slice(0, 23)}…` : author,
    ];
    return { value: commit, label: parts.filter(Boolean).join(' · ') };
  });
  const unknown = [...new Set(chosen)].filter(commit =>
    entries.every(entry => entry.commit !== commit),
  );
  return [
    ...known,
    ...unknown.map(commit => ({ value: commit, label: `commit ${commit.slice(0, 7)}` })),
  ];
}
