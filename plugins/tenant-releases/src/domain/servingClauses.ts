import { percent } from '@internal/plugin-tenant-releases-common';
import type { Clause } from './clause';
import { type Concern, countTenants } from './concern';
import { countedConcern } from './concernWords';
import type { FleetRow } from './fleet';
import { formatCount } from './formatCount';
import { shortVersion } from './version';

/**
 * The second half of the sentence about the fleet: what does not serve, and of what nobody knows.
 *
 * @param found - the releases of each concern
 * @param all - all there are
 */
export function servingClauses(
  found: ReadonlyMap<Concern, readonly FleetRow[]>,
  all: readonly FleetRow[],
): Clause[] {
  const clause = (concern: Concern, say: (rows: readonly FleetRow[], count: number) => string) => {
    const rows = found.get(concern) ?? [];
    if (rows.length === 0) return [];
    const count = countTenants(rows);
    const text = say(rows, count);
    return [{ brief: countedConcern(concern, count), say: () => text, shows: { concern } }];
  };
  return [
    ...clause('failing', (rows, count) => countedConcern('failing', count, failingText(rows))),
    ...clause('alert', (rows, count) => countedConcern('alert', count) + lastKnown(rows)),
    ...clause('bad-version', (_, count) => countedConcern('bad-version', count)),
    ...clause('not-measured', (rows, count) => {
      // Of a tenant of several services some may be measured.
      const isAll = rows.length === all.length;
      const they = countTenants(all) === 1 ? 'it serves' : 'they serve';
      const what = isAll ? they : countedConcern('not-measured', count);
      return `whether ${what} is not measured`;
    }),
  ];
}

/** `33 % of requests since sha-4ed4022`: of several the worst, and the version only where it is the same. */
function failingText(rows: readonly FleetRow[]): string {
  const ratios = rows.flatMap(({ serving }) => serving?.errorRatio ?? []);
  const versions = new Set(rows.map(({ serving }) => serving?.version));
  const [version] = versions;
  const since =
    versions.size === 1 && version !== undefined ? ` since ${shortVersion(version)}` : '';
  // Thousands of arguments are too many for Math.max(...).
  const worst = ratios.reduce((a, b) => Math.max(a, b), 0);
  const isSame = ratios.length === rows.length && new Set(ratios.map(percent)).size === 1;
  const part = ratios.length === 0 ? '' : `${isSame ? '' : 'up to '}${percent(worst)} of `;
  return `${part}requests${since}${lastKnown(rows)}`;
}

/** What Prometheus said before it went away need not be so now. */
function lastKnown(rows: readonly FleetRow[]): string {
  const old = rows.filter(({ serving }) => serving?.staleSeconds !== undefined);
  if (old.length === 0) return '';
  return old.length === rows.length
    ? ' (last known)'
    : ` (${formatCount(countTenants(old))} of them last known)`;
}
