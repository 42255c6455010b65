import {
  compareVersionAges,
  type DesiredVersion,
  type PullRequestRef,
  type VersionCommit,
  type KnownVersion,
} from '@internal/plugin-tenant-releases-common';
import { authorText } from './authorText';
import type { FleetRow } from './fleet';
import { mainRunningVersion, startedVersions } from './version';

/** A version that tenants have or should have. */
export interface FleetVersion {
  version: string;
  /** The services of which it is a version, with when a tenant of each was first given it: one tag may be of several. */
  services: ReadonlyMap<string, number | undefined>;
  /** When any tenant was first given it, in milliseconds since 1970; absent when nobody knows. */
  firstSeen?: number;
  /** The change that brought it to the first of them, and who made it; absent when that is not among the rows. */
  author?: string;
  pullRequest?: PullRequestRef;
  /** What it was built from; absent when nobody knows. */
  source?: VersionCommit;
  /** Whether any of the rows has it, in Git or in its pods. */
  isInUse: boolean;
  /** How many releases run it, and how many should. */
  running: number;
  desired: number;
  /** Why nobody should run it: it is on the list of bad versions. */
  bad?: string;
}

/** How far behind the newest version a release is. */
export interface Skew {
  /** How many newer versions of its service there are. */
  behind: number;
  /** By how many days its version is older than the newest; absent for the newest. */
  days?: number;
  /** Of some versions nobody knows how old they are: there may be more that are newer. */
  isOpen?: true;
}

/** The versions of one service in their order. */
interface ServiceOrder {
  newest?: FleetVersion;
  places: ReadonlyMap<string, { behind: number; firstSeen: number }>;
  isOpen: boolean;
}

/** Which version is newer than which, service by service. */
export type VersionOrder = ReadonlyMap<string, ServiceOrder>;

const day = 86_400_000;
const toTime = (text: string | undefined) => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
};

type Draft = FleetVersion & { services: Map<string, number | undefined> };

function note(draft: Draft, desired: DesiredVersion): void {
  draft.desired += 1;
  draft.source ??= desired.source;
  // A roll-back, or a tenant that comes later, is another change.
  const committed = toTime(desired.committedAt);
  if (committed === undefined || committed !== draft.firstSeen) return;
  draft.author ??= authorText(desired);
  draft.pullRequest ??= desired.pullRequest;
}

/**
 * Every version that a release runs or should run, the newest first: by when any tenant was first given it, which no roll-back
 * changes. Tags tell nothing of their order.
 *
 * @param known - versions that tenants have or had: one that nobody has any more makes no older one the newest
 */
export function fleetVersions(
  rows: readonly FleetRow[],
  known: ReadonlyArray<Omit<KnownVersion, 'healthy' | 'ready' | 'bad'>> = [],
): FleetVersion[] {
  const versions = new Map<string, Draft>();
  const find = (version: string, service: string, firstSeen: string | undefined) => {
    const draft: Draft = versions.get(version) ?? {
      version,
      services: new Map(),
      isInUse: false,
      running: 0,
      desired: 0,
    };
    versions.set(version, draft);
    const time = draft.services.get(service) ?? toTime(firstSeen);
    draft.services.set(service, time);
    if (time !== undefined) draft.firstSeen = Math.min(time, draft.firstSeen ?? time);
    return draft;
  };
  for (const { service, desired, running, reasons } of rows) {
    if (desired) {
      const draft = find(desired.version, service, desired.firstSeen);
      draft.isInUse = true;
      note(draft, desired);
    }
    const started = new Set(startedVersions({ running }).map(({ version }) => version));
    for (const { version, firstSeen } of running) {
      find(version, service, firstSeen).isInUse = true;
    }
    for (const version of started) versions.get(version)!.running += 1;
    // Pods may still run the bad version that Git wants no more.
    const bad = reasons.find(({ code }) => code === 'BAD_VERSION');
    const draft = versions.get(bad?.version ?? desired?.version ?? '');
    if (bad && draft) draft.bad = bad.text;
  }
  for (const { version, services = [], firstSeen, source } of known) {
    // What is not known of a version that nobody has makes no other age doubtful.
    if (firstSeen === undefined && !versions.has(version)) continue;
    for (const service of services) find(version, service, firstSeen).source ??= source;
  }
  return [...versions.values()].sort(compareVersionAges);
}

/**
 * Which version of each service is newer than which.
 *
 * @param versions - the newest first
 */
export function versionOrder(versions: readonly FleetVersion[]): VersionOrder {
  const services = new Set(versions.flatMap(version => [...version.services.keys()]));
  return new Map(
    [...services].map(service => {
      const own = versions
        .filter(version => version.services.has(service))
        .map(version => ({ ...version, firstSeen: version.services.get(service) }));
      const known = own.filter(({ firstSeen }) => firstSeen !== undefined).sort(compareVersionAges);
      const places = known.map(
        ({ version, firstSeen }, behind) => [version, { behind, firstSeen: firstSeen! }] as const,
      );
      return [
        service,
        { newest: known[0], places: new Map(places), isOpen: known.length < own.length },
      ];
    }),
  );
}

/**
 * How far behind a release is, by the version that most of its pods run. Days count from the appearance of its version
 * to that of the newest, as "libyears" do (https://libyear.com): they do not grow by themselves.
 *
 * @returns undefined when nothing of it is known to run, or nobody knows how old that is
 */
export function skewOf(
  row: Pick<FleetRow, 'running' | 'service'>,
  order: VersionOrder,
): Skew | undefined {
  const version = mainRunningVersion(row);
  const { newest, places, isOpen } = order.get(row.service) ?? {};
  const own = version === undefined ? undefined : places?.get(version);
  if (!own) return undefined;
  const { behind, firstSeen } = own;
  return {
    behind,
    ...(behind === 0 ? {} : { days: Math.floor((newest!.firstSeen! - firstSeen) / day) }),
    ...(isOpen ? { isOpen } : {}),
  };
}

/** `2 behind, 3 days`; `newest` when it is. */
export function describeSkew(skew: Skew | undefined): string {
  if (!skew) return 'not known';
  const { behind, days, isOpen } = skew;
  if (behind === 0) return isOpen ? 'newest known' : 'newest';
  const count = `${behind}${isOpen ? ' or more' : ''} behind`;
  if (days === undefined) return count;
  if (days === 0) return `${count}, under 1 day`;
  return `${count}, ${days} ${days === 1 ? 'day' : 'days'}`;
}
