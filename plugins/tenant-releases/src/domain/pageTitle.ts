import type { Clause } from './clause';
import { concerns, deliveryConcern } from './concern';
import { concernLabel } from './concernWords';
import type { FleetRow } from './fleet';
import type { FleetSurvey } from './summary';

/**
 * `globex: degraded`: what a browser's tab says of a release, by its state as a whole. One that waits is not called rolling
 * out, and one that is scaled to zero not in sync.
 */
export function releaseTitle(row: FleetRow): string {
  const { tenant, environment, state, delivery } = row;
  const concern = state === delivery ? deliveryConcern(row) : state;
  const word = concern === undefined || concern === 'in-sync' ? 'in sync' : concernLabel(concern);
  const place = environment === undefined ? tenant : `${tenant} in ${environment}`;
  return `${place}: ${word.toLowerCase()}`;
}

/** The concern, or the state while only states are known, in the one order of concerns. */
const rankOf = ({ shows }: Clause) =>
  concerns.findIndex(concern => concern === ('concern' in shows ? shows.concern : shows.state));

/** What is less than this is wanted, or a fact of all: no title warns of it. */
const leastWarning = concerns.indexOf('stale');

/**
 * What a browser's tab says of the fleet: the worst that the first sentence says and of how many, `2 fail requests · Tenants`;
 * the name of the page alone when there is nothing to warn of.
 */
export function fleetTitle({ delivery, serving, stale }: FleetSurvey, page: string): string {
  const last = typeof stale === 'object' ? [stale] : [];
  const [worst] = [...serving, ...delivery, ...last]
    .filter(clause => rankOf(clause) <= leastWarning)
    .sort((a, b) => rankOf(a) - rankOf(b));
  const word = worst?.brief ?? (stale === 'all' ? concernLabel('stale') : undefined);
  return word === undefined ? page : `${word} · ${page}`;
}
