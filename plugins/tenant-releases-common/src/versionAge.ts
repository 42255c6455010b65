/** What tells how old a version is. */
export interface VersionAge {
  version: string;
  /** When any tenant was first given it: RFC 3339, or milliseconds since 1970; absent when nobody knows. */
  firstSeen?: string | number;
  /** What it was built from; absent when nobody knows. */
  source?: { committedAt?: string };
}

/** Pods whose image names no version are said to run this one. */
export const untoldVersion = 'unknown';

const timeOf = (time: string | number | undefined) =>
  (time === undefined ? 0 : new Date(time).getTime()) || 0;

/**
 * The one order of versions: the newest first, by when they were first seen; those that came with one commit, such as the
 * first of a repository, by their own. Those of which nobody knows how old they are come last.
 */
export function compareVersionAges(a: VersionAge, b: VersionAge): number {
  return (
    timeOf(b.firstSeen) - timeOf(a.firstSeen) ||
    timeOf(b.source?.committedAt) - timeOf(a.source?.committedAt) ||
    (a.version < b.version ? -1 : Number(a.version > b.version))
  );
}
