import { readableLine } from './readableText';
import type { KnownVersion } from '../api/TenantReleasesApi';
import { formatRelative } from './time';

const tenantsOf = (count: number) => (count === 1 ? '1 tenant' : `${count} tenants`);

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

function standingOf(
  { tenants, ready, healthy, bad, lastUsedAt }: KnownVersion,
  now: number,
): string {
  if (bad !== undefined) return `bad: ${readableLine(bad, 80)}`;
  if (healthy > 0) return `${tenantsOf(healthy)} ${healthy === 1 ? 'runs' : 'run'} it healthily`;
  if (ready > 0) return `${tenantsOf(ready)} ${ready === 1 ? 'has' : 'have'} it, none healthily`;
  if (tenants > 0) return `not running yet: none of its pods is ready`;
  return lastUsedAt
    ? `no tenant has it now; last used ${formatRelative(Date.parse(lastUsedAt), now)}`
    : 'no tenant has had it';
}
