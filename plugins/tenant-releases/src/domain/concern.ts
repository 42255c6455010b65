import { isMeasured } from '@internal/plugin-tenant-releases-common';
import type { FleetRow } from './fleet';
import { pinningReason, restingReason, waitingReason } from './reasons';
import { deliveryOf } from './serving';

/**
 * What can be the matter with a release, the one of most concern first. This is the one definition: the order of the
 * table, the clauses of the sentence and what they filter follow from it.
 *
 * What customers feel now comes first, then what does not arrive or does not stand, then what may hurt them later, then
 * what moves or waits, then what nobody knows, and last what somebody wants so. It agrees with the states: all that
 * makes a release degraded stands before all that makes it drifted, and so on. A rollout that takes too long needs no
 * concern of its own: past its deadline the server calls it degraded.
 */
export const concerns = [
  'failing',
  'sync-failed',
  'degraded',
  'alert',
  'bad-version',
  'drifted',
  'progressing',
  'waiting',
  'unknown',
  'stale',
  'pinned',
  'held',
  'scaled-to-zero',
  'between-runs',
  'frozen',
  'not-measured',
] as const;

/** One thing that can be the matter. */
export type Concern = (typeof concerns)[number];

/** The concerns of delivery: a release, and a tenant, is in one of them or as Git wants it. */
export const deliveryConcerns = [
  'sync-failed',
  'degraded',
  'drifted',
  'progressing',
  'waiting',
  'unknown',
  'pinned',
  'held',
  'scaled-to-zero',
  'between-runs',
] as const satisfies readonly Concern[];

export type DeliveryConcern = (typeof deliveryConcerns)[number];

/** Of delivery alone, however it serves. */
export function deliveryConcern(full: FleetRow): DeliveryConcern | undefined {
  const row = deliveryOf(full);
  const { state, reasons } = row;
  if (state !== 'in-sync' && reasons.some(({ code }) => code === 'SYNC_FAILED')) {
    return 'sync-failed';
  }
  const rest = restingReason(row);
  if (rest) return rest.code === 'BETWEEN_RUNS' ? 'between-runs' : 'scaled-to-zero';
  if (waitingReason(row)) return 'waiting';
  if (pinningReason(row)) return 'pinned';
  return state === 'in-sync' ? undefined : state;
}

/** What is wrong with a release that runs what Git wants. */
const apart = ['failing', 'alert', 'bad-version'] as const satisfies readonly Concern[];

interface RowConcerns {
  delivery?: DeliveryConcern;
  all: ReadonlySet<Concern>;
  /** Place of the worst one in {@link concerns}; their number where there is none. */
  rank: number;
}

const known = new WeakMap<FleetRow, RowConcerns>();

/** Made once a row: each change asks all rows of a fleet. */
function concernsOf(row: FleetRow): RowConcerns {
  const before = known.get(row);
  if (before) return before;
  const delivery = deliveryConcern(row);
  const has = (code: string) => row.reasons.some(reason => reason.code === code);
  const all = new Set<Concern>(delivery ? [delivery] : []);
  if (has('ERRORS_ABOVE_OBJECTIVE')) all.add('failing');
  if (has('ALERT_FIRING')) all.add('alert');
  if (has('BAD_VERSION')) all.add('bad-version');
  if (has('FROZEN')) all.add('frozen');
  if (row.staleSeconds !== undefined) all.add('stale');
  if (!isMeasured(row.serving)) all.add('not-measured');
  // The whole is worse than delivery alone, and no reason says why: the state says it then.
  const isUntold = row.state !== row.delivery && !apart.some(concern => all.has(concern));
  const worst = concerns.findIndex(
    concern => all.has(concern) || (isUntold && concern === row.state),
  );
  const found = { delivery, all, rank: worst < 0 ? concerns.length : worst };
  known.set(row, found);
  return found;
}

/** How far down a release stands when the worst comes first: 0 is the top. */
export function concernRank(row: FleetRow): number {
  return concernsOf(row).rank;
}

/** Whether something is the matter with a release. */
export function hasConcern(row: FleetRow, concern: Concern): boolean {
  return concernsOf(row).all.has(concern);
}

/** How many tenants some releases belong to. */
export function countTenants(rows: readonly FleetRow[]): number {
  return new Set(rows.map(({ tenant }) => tenant)).size;
}

/**
 * The releases that each clause of the sentence is about: it says how many tenants they belong to, and its filter shows
 * them. A tenant of several services is in one concern of delivery, the worst; one whose requests fail is not counted
 * again for the alert that says so.
 *
 * @param rows - all there are
 */
export function rowsByConcern(rows: readonly FleetRow[]): Map<Concern, FleetRow[]> {
  const found = new Map<Concern, FleetRow[]>(concerns.map(concern => [concern, []]));
  const worst = worstDelivery(rows);
  const failing = new Set(rows.flatMap(row => (hasConcern(row, 'failing') ? [row.tenant] : [])));
  for (const row of rows) {
    const { delivery, all } = concernsOf(row);
    for (const concern of all) {
      const counts =
        concern === delivery
          ? worst.get(row.tenant) === concern
          : concern !== 'alert' || !failing.has(row.tenant);
      if (counts) found.get(concern)!.push(row);
    }
  }
  return found;
}

/** The worst concern of delivery of each tenant that has one. */
function worstDelivery(rows: readonly FleetRow[]): Map<string, DeliveryConcern> {
  const worst = new Map<string, DeliveryConcern>();
  for (const row of rows) {
    const { delivery } = concernsOf(row);
    const before = worst.get(row.tenant);
    const isWorse =
      delivery &&
      (!before || deliveryConcerns.indexOf(delivery) < deliveryConcerns.indexOf(before));
    if (isWorse) worst.set(row.tenant, delivery);
  }
  return worst;
}
