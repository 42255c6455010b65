import { keyOf } from '../check/layouts/applicationRules';
import type { LayoutState } from '../check/layouts/checkLayouts';
import type { FoundRelease, Unmatched } from '../doctor/release';

/** A release that a change reaches. */
export interface ReachedRelease {
  tenant: string;
  service: string;
  environment?: string;
  cluster?: string;
  tier?: string;
  ring?: number;
  owner?: string;
  /** Versions before and after; absent where there is no such release. */
  from?: string;
  to?: string;
  /** What becomes of it; `settings`: the version stays, and something that it is rendered from changes. */
  change: 'added' | 'removed' | 'version' | 'settings';
  /** The changed files that it is rendered from. */
  files: string[];
  /** The version that it is held at. */
  heldAt?: string;
}

/** Whom a change of a repository of any layout reaches. */
export interface LayoutBlast {
  releases: ReachedRelease[];
  /** How many releases there are, before or after the change. */
  totalReleases: number;
  tenants: number;
  totalTenants: number;
  /** Changed files that no release is rendered from. */
  otherFiles: string[];
  /** What could not be matched before or after, so that nobody knows whom the change reaches there. */
  unmatched: Unmatched[];
}

/**
 * The releases whose version changes, and those that are rendered from a changed file: a base or a common values file reaches
 * everybody who takes it in.
 *
 * @param changed - files that differ, from the repository's root
 */
export function layoutBlast(
  before: LayoutState,
  after: LayoutState,
  changed: readonly string[],
): LayoutBlast {
  const former = new Map(before.releases.map(one => [keyOf(one), one]));
  const now = new Map(after.releases.map(one => [keyOf(one), one]));
  const readers = [filesOf(before), filesOf(after)];
  const keys = [...new Set([...former.keys(), ...now.keys()])];
  const releases = keys.flatMap(key => {
    const [old, next] = [former.get(key), now.get(key)];
    const files = changed.filter(file =>
      [old, next].some((one, index) => one !== undefined && readers[index](one, file)),
    );
    const change = changeOf(old, next, files.length > 0);
    return change === undefined ? [] : [reached(old, next, change, files)];
  });
  const used = new Set(releases.flatMap(({ files }) => files));
  const tenantsOf = (all: ReadonlyArray<{ tenant: string }>) =>
    new Set(all.map(({ tenant }) => tenant)).size;
  return {
    releases,
    totalReleases: keys.length,
    tenants: tenantsOf(releases),
    totalTenants: tenantsOf([...before.releases, ...after.releases]),
    otherFiles: changed.filter(file => !used.has(file)),
    unmatched: unmatchedOf(before, after),
  };
}

/** Each once, whichever side it is of. */
function unmatchedOf(before: LayoutState, after: LayoutState): Unmatched[] {
  const all = [...after.unmatched, ...before.unmatched];
  return [...new Map(all.map(one => [JSON.stringify(one), one])).values()];
}

function changeOf(
  old: FoundRelease | undefined,
  next: FoundRelease | undefined,
  isRenderedAnew: boolean,
): ReachedRelease['change'] | undefined {
  if (!old) return 'added';
  if (!next) return 'removed';
  if (old.version !== next.version || old.digest !== next.digest) return 'version';
  return isRenderedAnew ? 'settings' : undefined;
}

function reached(
  old: FoundRelease | undefined,
  next: FoundRelease | undefined,
  change: ReachedRelease['change'],
  files: string[],
): ReachedRelease {
  const { tenant, service, environment, cluster, facts } = (next ?? old)!;
  const { tier, ring, owner, hold } = facts;
  const from = old && wholeVersion(old);
  const to = next && wholeVersion(next);
  return {
    tenant,
    service,
    ...(environment === undefined ? {} : { environment }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(tier === undefined ? {} : { tier }),
    ...(ring === undefined ? {} : { ring }),
    ...(owner === undefined ? {} : { owner }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    change,
    files,
    ...(hold ? { heldAt: hold.version } : {}),
  };
}

function wholeVersion({ version, digest }: FoundRelease): string {
  return digest === undefined ? version : `${version}@${digest}`;
}

/** Tells whether a release is rendered from a file: one that it reads, or one in a folder of it. */
function filesOf({ applications }: LayoutState): (release: FoundRelease, file: string) => boolean {
  const manifests = new Map(applications.map(({ name, file }) => [name, file]));
  const known = new Map<FoundRelease, Set<string>>();
  return (release, file) => {
    const { deployed, application } = release;
    const places = known.get(release) ?? new Set(deployed.reads);
    known.set(release, places);
    if (places.has(file) || release.file === file) return true;
    if (application !== undefined && manifests.get(application) === file) return true;
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      if (places.has(file.slice(0, end))) return true;
    }
    return false;
  };
}
