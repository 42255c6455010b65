import type { FleetRow } from './fleet';
import { mergedAt } from './stateSince';

/** How many tenants run one version. */
export interface VersionBar {
  version: string;
  tenants: string[];
  /** When this version was first wanted by any of them, RFC 3339. */
  firstSeen?: string;
}

/**
 * One bar a running version, newest first; a tenant in the middle of a roll-out is in two bars.
 * The age of a version is that of the oldest commit or pod that has it.
 */
export function versionBars(releases: readonly FleetRow[]): VersionBar[] {
  const bars = new Map<string, VersionBar>();
  for (const release of releases) {
    for (const { version, since } of release.running) {
      const bar = bars.get(version) ?? { version, tenants: [] };
      const committed =
        release.desired?.version === version ? mergedAt(release.desired) : undefined;
      const times = [bar.firstSeen, since, committed].filter(time => time !== undefined);
      bars.set(version, {
        version,
        tenants: [...bar.tenants, release.tenant],
        firstSeen: times.sort()[0],
      });
    }
  }
  return [...bars.values()].sort(
    (a, b) =>
      (b.firstSeen ?? '').localeCompare(a.firstSeen ?? '') || a.version.localeCompare(b.version),
  );
}
