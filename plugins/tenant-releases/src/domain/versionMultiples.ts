import type { FleetRow } from './fleet';
import { type FleetVersion, fleetVersions } from './fleetVersions';

/** How many releases of a ring run a version. */
export interface VersionShare {
  version: string;
  releases: number;
}

/** One small chart: the versions of one ring. */
export interface VersionMultiple {
  ring: number;
  releases: number;
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
  const versions = fleetVersions(rows).filter(({ running }) => running > 0);
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
        releases: releases.length,
        shares: versions.map(({ version }) => ({
          version,
          releases: releases.filter(({ running }) => running.some(pod => pod.version === version))
            .length,
        })),
      })),
  };
}
