import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import { authorText } from './authorText';
import { type FleetRow, compareTexts } from './fleet';
import { mergedAt } from './stateSince';
import { mainRunningVersion } from './version';

/** A version that tenants have or should have. */
export interface FleetVersion {
  version: string;
  /** When any of them was first given it, in milliseconds since 1970; absent when nobody knows. */
  firstSeen?: number;
  /** The change that brought it to the first of them, and who made it. */
  author?: string;
  pullRequest?: PullRequestRef;
  /** How many releases run it, and how many should. */
  running: number;
  desired: number;
  /** Why nobody should run it: it is on the list of bad versions. */
  bad?: string;
}

/** How far behind the newest version a release is. */
export interface Skew {
  /** How many newer versions there are. */
  behind: number;
  /** By how many days its version is older than the newest; absent when nobody knows. */
  days?: number;
}

const day = 86_400_000;

/** The earlier of two times, of which either may not be known. */
function earlier(known: number | undefined, time: string | undefined): number | undefined {
  const value = Date.parse(time ?? '');
  if (Number.isNaN(value)) return known;
  return known === undefined ? value : Math.min(known, value);
}

/**
 * Every version that a release runs or should run, the newest first. The age of a version is that of the oldest merge
 * or pod that has it: tags tell nothing of their order.
 */
export function fleetVersions(rows: readonly FleetRow[]): FleetVersion[] {
  const versions = new Map<string, FleetVersion>();
  const find = (version: string): FleetVersion => {
    const known = versions.get(version) ?? { version, running: 0, desired: 0 };
    versions.set(version, known);
    return known;
  };
  for (const { desired, running, reasons } of rows) {
    if (desired) {
      const found = find(desired.version);
      const firstSeen = earlier(found.firstSeen, mergedAt(desired));
      const isFirst = firstSeen !== found.firstSeen || !found.author;
      found.desired += 1;
      found.firstSeen = firstSeen;
      if (isFirst && desired.author) found.author = authorText(desired);
      if (isFirst && desired.pullRequest) found.pullRequest = desired.pullRequest;
      const bad = reasons.find(({ code }) => code === 'BAD_VERSION');
      if (bad) found.bad = bad.text;
    }
    for (const { version, since } of running) {
      const found = find(version);
      found.running += 1;
      found.firstSeen = earlier(found.firstSeen, since);
    }
  }
  return [...versions.values()].sort(
    (a, b) => (b.firstSeen ?? 0) - (a.firstSeen ?? 0) || compareTexts(a.version, b.version),
  );
}

/** The place of each version among them, 0 being the newest. */
export function versionPlaces(versions: readonly FleetVersion[]): Map<string, number> {
  return new Map(versions.map(({ version }, index) => [version, index]));
}

/**
 * How far behind a release is, by the version that most of its pods run. Days count from the appearance of its version
 * to that of the newest, as "libyears" do (https://libyear.com): they do not grow by themselves.
 *
 * @param versions - the newest first
 * @returns undefined when nothing of it is known to run
 */
export function skewOf(
  row: Pick<FleetRow, 'running'>,
  versions: readonly FleetVersion[],
  places: ReadonlyMap<string, number>,
): Skew | undefined {
  const version = mainRunningVersion(row);
  const behind = version === undefined ? undefined : places.get(version);
  if (behind === undefined) return undefined;
  const [newest, own] = [versions[0].firstSeen, versions[behind].firstSeen];
  if (newest === undefined || own === undefined) return { behind };
  return { behind, days: Math.floor((newest - own) / day) };
}

/** `2 behind, 3 days`; `newest` when it is. */
export function describeSkew(skew: Skew | undefined): string {
  if (!skew) return 'not known';
  const { behind, days } = skew;
  if (behind === 0) return 'newest';
  if (days === undefined) return `${behind} behind`;
  if (days === 0) return `${behind} behind, under 1 day`;
  return `${behind} behind, ${days} ${days === 1 ? 'day' : 'days'}`;
}
