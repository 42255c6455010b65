import type { KnownVersion } from '../api/TenantReleasesApi';

/**
 * The version that a new tenant starts with: what most tenants run healthily. Of several the newest; a bad one never.
 *
 * @param versions - the newest first
 * @returns undefined when no tenant runs any version healthily
 */
export function defaultVersion(versions: readonly KnownVersion[]): string | undefined {
  let best: KnownVersion | undefined;
  for (const known of versions) {
    const isBetter = known.bad === undefined && known.healthy > (best?.healthy ?? 0);
    if (isBetter) best = known;
  }
  return best?.version;
}
