import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import type { Clause } from './clause';
import {
  type Concern,
  type DeliveryConcern,
  countTenants,
  deliveryConcerns,
  rowsByConcern,
} from './concern';
import type { FleetRow } from './fleet';
import { formatCount } from './formatCount';
import { deliveryOf } from './serving';
import { servingClauses } from './servingClauses';
import { stateSince } from './stateSince';
import { formatDuration } from './time';

export { formatCount };

/** A held release is as Git wants it: the hold is in Git too, or whoever pinned it meant it. */
const asWanted: readonly ReleaseState[] = ['in-sync', 'held'];

/** How many there are, how many are as intended, and what is with the others, worst first. */
export interface FleetSurvey {
  tenants: number;
  /** What is counted: with several services a tenant, the states alone count releases. */
  unit: 'tenants' | 'releases';
  asWanted: number;
  /** Whether all of {@link asWanted} are known to run what their files say: none rests, none is pinned elsewhere. */
  isRunning: boolean;
  /** What is with those that are not as Git wants them, or for which that is not all. */
  delivery: Clause[];
  /** Whether they serve; empty while the rows are still on their way. */
  serving: Clause[];
  /** How many rows are from before a source went away. */
  stale: 'none' | 'all' | Clause;
}

interface Words {
  /** The words behind the number, for one tenant and for more. */
  one: string;
  more: string;
  /** Says for how long the longest of them is in this state. */
  timed?: boolean;
}

/** `moving`: progressing, of which nobody has looked yet whether it waits. */
const words: Record<DeliveryConcern | 'moving', Words> = {
  'sync-failed': { one: 'has failed to sync', more: 'have failed to sync', timed: true },
  degraded: { one: 'is degraded', more: 'are degraded', timed: true },
  drifted: { one: 'has drifted', more: 'have drifted', timed: true },
  progressing: { one: 'is rolling out', more: 'are rolling out' },
  waiting: {
    one: 'waits for a person or a window',
    more: 'wait for a person or a window',
  },
  moving: { one: 'is rolling out or waits', more: 'are rolling out or wait' },
  unknown: { one: 'is in an unknown state', more: 'are in an unknown state' },
  pinned: { one: 'is pinned by its Application', more: 'are pinned by their Applications' },
  held: { one: 'is held', more: 'are held' },
  'scaled-to-zero': { one: 'is scaled to zero', more: 'are scaled to zero' },
  'between-runs': { one: 'is between two runs', more: 'are between two runs' },
};

/** By wish the pods run nothing, or something else than the tenant file says. */
const notRunning = ['pinned', 'scaled-to-zero', 'between-runs'] as const;

function say(kind: DeliveryConcern | 'moving', count: number, since?: number): Clause['say'] {
  const { one, more } = words[kind];
  const verb = `${formatCount(count)} ${count === 1 ? one : more}`;
  if (since === undefined) return () => verb;
  return now => `${verb} for ${count > 1 ? 'up to ' : ''}${formatDuration((now - since) / 1000)}`;
}

/** When the first of some releases came into their state, in milliseconds since 1970; `undefined` when nobody knows. */
function firstSince(rows: readonly FleetRow[]): number | undefined {
  const known = rows
    .map(row => Date.parse(stateSince(deliveryOf(row)) ?? ''))
    .filter(Number.isFinite);
  // Thousands of arguments are too many for Math.min(...).
  return known.length > 0 ? known.reduce((a, b) => Math.min(a, b)) : undefined;
}

function deliveryClauses(found: ReadonlyMap<Concern, readonly FleetRow[]>): Clause[] {
  return deliveryConcerns.flatMap(concern => {
    const rows = found.get(concern) ?? [];
    if (rows.length === 0) return [];
    const since = words[concern].timed ? firstSince(rows) : undefined;
    return [{ say: say(concern, countTenants(rows), since), shows: { concern } }];
  });
}

function staleOf(stale: number, all: number): FleetSurvey['stale'] {
  if (stale === 0) return 'none';
  if (stale >= all) return 'all';
  const text = `${formatCount(stale)} ${stale === 1 ? 'row is' : 'rows are'} last known`;
  return { say: () => text, shows: { concern: 'stale' } };
}

/** Looks through all rows. A tenant with several services counts once, by the one that needs attention most. */
export function surveyTenants(rows: readonly FleetRow[]): FleetSurvey {
  const found = rowsByConcern(rows);
  const tenants = countTenants(rows);
  // Nobody is in two concerns of delivery.
  const others = deliveryConcerns
    .filter(concern => !isWanted(concern))
    .reduce((sum, concern) => sum + countTenants(found.get(concern) ?? []), 0);
  return {
    tenants,
    unit: 'tenants',
    asWanted: tenants - others,
    isRunning: notRunning.every(concern => found.get(concern)?.length === 0),
    delivery: deliveryClauses(found),
    serving: servingClauses(found, tenants),
    stale: staleOf(found.get('stale')?.length ?? 0, rows.length),
  };
}

/** Somebody wants it so. */
function isWanted(concern: DeliveryConcern): boolean {
  return concern === 'held' || notRunning.some(kind => kind === concern);
}

/**
 * The same from the numbers alone, while the rows are still on their way: they tell states apart, and nothing in them.
 *
 * @param known - the rows so far; they tell whether a tenant has more than one release
 */
export function surveyCounts(
  counts: Readonly<Record<ReleaseState, number>>,
  known: readonly FleetRow[] = [],
): FleetSurvey {
  return {
    tenants: releaseStates.reduce((sum, state) => sum + counts[state], 0),
    unit: countTenants(known) < known.length ? 'releases' : 'tenants',
    asWanted: asWanted.reduce((sum, state) => sum + counts[state], 0),
    isRunning: false,
    delivery: releaseStates.flatMap(state => {
      if (state === 'in-sync' || counts[state] === 0) return [];
      const kind = state === 'progressing' ? 'moving' : state;
      return [{ say: say(kind, counts[state]), shows: { state } }];
    }),
    serving: [],
    stale: 'none',
  };
}

function opening({ asWanted: good, tenants: all, unit, isRunning }: FleetSurvey): string {
  const one = isRunning ? 'runs what Git wants' : 'is as intended';
  const more = isRunning ? 'run what Git wants' : 'are as intended';
  if (all === 1) {
    const not = isRunning ? 'does not run what Git wants' : 'is not as intended';
    return `The only ${unit === 'tenants' ? 'tenant' : 'release'} ${good === 1 ? one : not}`;
  }
  if (good === all) return `All ${formatCount(all)} ${unit} ${more}`;
  if (good === 0) return `None of ${formatCount(all)} ${unit} ${one}`;
  return `${formatCount(good)} of ${formatCount(all)} ${unit} ${good === 1 ? one : more}`;
}

const listed = (clauses: readonly Clause[]) =>
  clauses.flatMap((clause, index) => (index === 0 ? ['; ', clause] : [', ', clause]));

/**
 * How things are, in one sentence: how many tenants run what Git wants, and what is with the others. Where some of them
 * run nothing by wish, or what their Applications say, the sentence does not say that they run what Git wants. The last
 * part says which of them do not serve, and of which that is not measured; then, how much of it is not known to be so
 * now. Empty without tenants: why there are none is not for a survey to say.
 */
export function sentenceOf(survey: FleetSurvey): Array<string | Clause> {
  const { tenants, delivery, serving, stale } = survey;
  if (tenants === 0) return [];
  const first = opening(survey);
  const start =
    stale === 'all' ? `Last known: ${first.charAt(0).toLowerCase()}${first.slice(1)}` : first;
  const rest = typeof stale === 'object' ? ['. ', stale, '.'] : ['.'];
  return [start, ...listed(delivery), ...listed(serving), ...rest];
}

/** {@link sentenceOf} as a text. @param now - milliseconds since 1970 */
export function describeSurvey(survey: FleetSurvey, now: number): string {
  return sentenceOf(survey)
    .map(part => (typeof part === 'string' ? part : part.say(now)))
    .join('');
}
