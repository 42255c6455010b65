import type { FleetRow } from './fleet';
import { type FleetVersion, fleetVersions, skewOf, versionOrder } from './fleetVersions';
import { ringName } from './ringName';
import { startedVersions } from './version';

/** How many releases of a ring run a version. */
export interface VersionShare {
  version: string;
  releases: number;
}

/** One small chart: the versions of one ring. */
export interface VersionMultiple {
  ring: number;
  /** What people call it. */
  name: string;
  releases: number;
  /** How many run the newest version of their service with most of their pods. */
  newest: number;
  /** In the order of all charts, with 0 where a version does not run. */
  shares: VersionShare[];
}

/** Small charts of the same versions in the same order and scale. */
export interface VersionMultiples {
  /** The newest first. */
  versions: FleetVersion[];
  rings: VersionMultiple[];
}

/** The versions that run, ring by ring; a release in the middle of a roll-out counts for both of its versions. */
export function versionMultiples(rows: readonly FleetRow[]): VersionMultiples {
  const all = fleetVersions(rows);
  const order = versionOrder(all);
  const versions = all.filter(({ running }) => running > 0);
  const runs = (row: FleetRow, wanted: string) =>
    startedVersions(row).some(({ version }) => version === wanted);
  const rings = new Map<number, FleetRow[]>();
  for (const row of rows) {
    const known = rings.get(row.ring);
    if (known) known.push(row);
    else rings.set(row.ring, [row]);
  }
  return {
    versions,
    rings: [...rings]
      .sort(([a], [b]) => a - b)
      .map(([ring, releases]) => ({
        ring,
        name: ringName(ring, releases[0].ringName),
        releases: releases.length,
        newest: releases.filter(row => skewOf(row, order)?.behind === 0).length,
        shares: versions.map(({ version }) => ({
          version,
          releases: releases.filter(row => runs(row, version)).length,
        })),
      })),
  };
}
