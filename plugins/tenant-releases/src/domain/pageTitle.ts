import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { formatCount } from './summary';

/** States that a title warns of, the one of most concern first. */
const warnings: ReadonlyArray<[ReleaseState, string]> = [
  ['degraded', 'degraded'],
  ['drifted', 'drifted'],
  ['unknown', 'unknown'],
  ['progressing', 'rolling out'],
];

const words: Record<ReleaseState, string> = {
  'in-sync': 'in sync',
  progressing: 'rolling out',
  drifted: 'drifted',
  degraded: 'degraded',
  held: 'held',
  unknown: 'unknown',
};

interface Row {
  tenant: string;
  state: ReleaseState;
}

/** `globex: degraded`: what a browser's tab says of a release. */
export function releaseTitle({ tenant, state }: Row): string {
  return `${tenant}: ${words[state]}`;
}

/**
 * What a browser's tab says of the fleet: the worst that is with any tenant and with how many, `2 degraded · Tenants`;
 * the name of the page alone when there is nothing to warn of.
 */
export function fleetTitle(rows: readonly Row[], page: string): string {
  for (const [state, word] of warnings) {
    const tenants = new Set(rows.filter(row => row.state === state).map(row => row.tenant));
    if (tenants.size > 0) return `${formatCount(tenants.size)} ${word} · ${page}`;
  }
  return page;
}
