import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';

/** Two commits of a release's history; `from` is the side that counts as before. */
export interface CommitPair {
  from: string;
  to: string;
}

const pair = /^([0-9a-f]{40})\.\.([0-9a-f]{40})$/;

/** Reads `<commit>..<commit>` of a URL; `undefined` for anything else. */
export function readCommitPair(text: string): CommitPair | undefined {
  const found = pair.exec(text);
  return found ? { from: found[1], to: found[2] } : undefined;
}

/** Writes a pair as {@link readCommitPair} reads it. */
export function writeCommitPair({ from, to }: CommitPair): string {
  return `${from}..${to}`;
}

/**
 * A change and the one before it: what the change did.
 *
 * @param entries - newest first
 * @returns `undefined` for the oldest
 */
export function withPrevious(
  entries: readonly HistoryEntry[],
  entry: HistoryEntry,
): CommitPair | undefined {
  const previous = entries[entries.indexOf(entry) + 1];
  return previous && { from: previous.commit, to: entry.commit };
}
