import {
  compareVersionAges,
  untoldVersion,
  type NamedTenant,
  type Release,
  type ServiceVersion,
  type ServiceVersions,
  type VersionCommit,
} from '@internal/plugin-tenant-releases-common';

/** The part of a service's versions that releases tell. */
export type CountedVersions = Pick<ServiceVersions, 'tenants' | 'withoutPods' | 'versions'>;

/** What is known of versions besides the releases. */
export interface VersionFacts {
  /** When a version was first seen, RFC 3339, and the commit that it was built from; what is not to be told is left out. */
  factsOf(version: string): { firstSeen?: string; source?: VersionCommit };
  isBad(version: string): boolean;
}

/**
 * Counts by version who runs it and who is to run it. A tenant runs a version while a pod of it is ready; during a rollout
 * that may be two.
 *
 * @param releases - of one service
 * @param isNamed - whether the tenants are named, or only counted
 */
export function countVersions(
  releases: readonly Release[],
  { factsOf, isBad }: VersionFacts,
  isNamed: boolean,
): CountedVersions {
  const found = new Map<string, { running: number; desired: number; tenants: NamedTenant[] }>();
  const of = (version: string) => {
    const known = found.get(version) ?? { running: 0, desired: 0, tenants: [] };
    found.set(version, known);
    return known;
  };
  let withoutPods = 0;
  for (const { tenant, displayName, ring, desired, running } of releases) {
    const ready = running.filter(one => one.ready > 0 && one.version !== untoldVersion);
    const versions = new Set(ready.map(({ version }) => version));
    if (versions.size === 0) withoutPods += 1;
    for (const version of versions) of(version).running += 1;
    if (desired) of(desired.version).desired += 1;
    for (const version of new Set([...versions, ...(desired ? [desired.version] : [])])) {
      of(version).tenants.push({ tenant, displayName, ring });
    }
  }
  const versions = [...found].map(
    ([version, { running, desired, tenants }]): ServiceVersion => ({
      version,
      running,
      desired,
      ...factsOf(version),
      ...(isBad(version) ? { isBad: true } : {}),
      ...(isNamed ? { tenants } : {}),
    }),
  );
  return { tenants: releases.length, withoutPods, versions: versions.sort(compareVersionAges) };
}
