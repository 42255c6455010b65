import type { KnownVersion } from '@internal/plugin-tenant-releases-common';

/** An older server does not tell it. */
const measuredOf = ({ healthy, measured = healthy }: KnownVersion) => measured;

/**
 * The version that a new tenant starts with: what most tenants run healthily. Of several that of which most is measured,
 * then the newest; a bad one never.
 *
 * @param versions - the newest first
 * @returns undefined when no tenant runs any version healthily
 */
export function defaultVersion(versions: readonly KnownVersion[]): string | undefined {
  let best: KnownVersion | undefined;
  for (const known of versions) {
    const more = known.healthy - (best?.healthy ?? 0);
    const isBetter = more > 0 || (more === 0 && best && measuredOf(known) > measuredOf(best));
    if (isBetter && known.bad === undefined) best = known;
  }
  return best?.version;
}
