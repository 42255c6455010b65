import { readableLine, type KnownVersion } from '@internal/plugin-tenant-releases-common';
import { formatRelative } from './time';

const tenantsOf = (count: number) => (count === 1 ? '1 tenant' : `${count} tenants`);

/**
 * The newest version; while it is not known of every version that a tenant has how old it is, none is called so.
 *
 * @param versions - the newest first
 */
export function newestKnown(versions: readonly KnownVersion[]): string | undefined {
  const [first] = versions;
  const isOpen = versions.some(({ tenants, firstSeen }) => tenants > 0 && !firstSeen);
  return first?.firstSeen && !isOpen ? first.version : undefined;
}

/**
 * A version of a list, with what speaks for or against it: `sha-1a2b3c4 (newest; 2 tenants run it)`.
 *
 * @param now - milliseconds since 1970
 */
export function versionOption(known: KnownVersion, isNewest: boolean, now: number): string {
  return `${known.version} (${[isNewest ? 'newest' : undefined, standingOf(known, now)]
    .filter(text => text !== undefined)
    .join('; ')})`;
}

/** That nothing says that it fails is not called healthy where nothing would say so. */
function healthText(healthy: number, measured: number): string {
  const run = `${tenantsOf(healthy)} ${healthy === 1 ? 'runs' : 'run'} it`;
  if (measured === 0) return `${run}, every pod ready; whether it serves is not measured`;
  if (measured === healthy) return `${run} healthily`;
  return `${run} healthily; whether it serves is measured for ${measured} of them`;
}

function standingOf(
  { tenants, ready, healthy, measured = healthy, bad, lastUsedAt }: KnownVersion,
  now: number,
): string {
  if (bad !== undefined) return `bad: ${readableLine(bad, 80)}`;
  if (healthy > 0) return healthText(healthy, measured);
  if (ready > 0) return `${tenantsOf(ready)} ${ready === 1 ? 'has' : 'have'} it, none healthily`;
  if (tenants > 0) return `not running yet: none of its pods is ready`;
  return lastUsedAt
    ? `no tenant has it now; last used ${formatRelative(Date.parse(lastUsedAt), now)}`
    : 'no tenant has had it';
}
