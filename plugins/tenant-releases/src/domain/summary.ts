import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import type { Clause } from './clause';
import {
  type Concern,
  type DeliveryConcern,
  countTenants,
  deliveryConcerns,
  rowsByConcern,
} from './concern';
import { countedConcern, timedConcerns } from './concernWords';
import type { Fleet, FleetRow } from './fleet';
import { formatCount } from './formatCount';
import { deliveryOf } from './serving';
import { servingClauses } from './servingClauses';
import { stateSince } from './stateSince';
import { formatDuration } from './time';

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
  /** Further rows cannot be read: nothing is said of all tenants. */
  isPartial?: true;
}

/** By wish the pods run nothing, or something else than the tenant file says. */
const notRunning = ['pinned', 'scaled-to-zero', 'between-runs'] as const;

/** @param since - says for how long the longest of them is so, in milliseconds since 1970 */
function sayFor(brief: string, count: number, since: number): Clause['say'] {
  return now => `${brief} for ${count > 1 ? 'up to ' : ''}${formatDuration((now - since) / 1000)}`;
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
    const count = countTenants(rows);
    const brief = countedConcern(concern, count);
    const since = timedConcerns.includes(concern) ? firstSince(rows) : undefined;
    const say = since === undefined ? () => brief : sayFor(brief, count, since);
    return [{ brief, say, shows: { concern } }];
  });
}

/** Nobody may change them for now, however they are. */
function frozenClauses(found: ReadonlyMap<Concern, readonly FleetRow[]>): Clause[] {
  const rows = found.get('frozen') ?? [];
  if (rows.length === 0) return [];
  const brief = countedConcern('frozen', countTenants(rows));
  return [{ brief, say: () => brief, shows: { concern: 'frozen' } }];
}

function staleOf(stale: number, all: number): FleetSurvey['stale'] {
  if (stale === 0) return 'none';
  if (stale >= all) return 'all';
  const brief = countedConcern('stale', stale);
  return { brief, say: () => brief, shows: { concern: 'stale' } };
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
    delivery: [...deliveryClauses(found), ...frozenClauses(found)],
    serving: servingClauses(found, rows),
    stale: staleOf(found.get('stale')?.length ?? 0, rows.length),
  };
}

/** Somebody wants it so. */
function isWanted(concern: DeliveryConcern): boolean {
  return concern === 'held' || notRunning.some(kind => kind === concern);
}

/** Nobody has looked yet whether those that are progressing wait. */
function countedState(state: Exclude<ReleaseState, 'in-sync'>, count: number): string {
  if (state !== 'progressing') return countedConcern(state, count);
  return `${formatCount(count)} ${
    count === 1 ? 'is rolling out or waits' : 'are rolling out or wait'
  }`;
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
      const brief = countedState(state, counts[state]);
      return [{ brief, say: () => brief, shows: { state } }];
    }),
    serving: [],
    stale: 'none',
  };
}

/** Looks through a fleet; while rows are on their way, at the server's counts. */
export function surveyFleet({ rows, counts, complete, unreadable = 0 }: Fleet): FleetSurvey {
  if (counts && !complete) return surveyCounts(counts, rows);
  return { ...surveyTenants(rows), ...(unreadable > 0 ? { isPartial: true } : {}) };
}

function opening(survey: FleetSurvey): string {
  const { asWanted: good, tenants: all, unit, isRunning, isPartial } = survey;
  const one = isRunning ? 'runs what Git wants' : 'is as intended';
  const more = isRunning ? 'run what Git wants' : 'are as intended';
  const readable = isPartial ? ' that can be read' : '';
  if (all === 1) {
    const not = isRunning ? 'does not run what Git wants' : 'is not as intended';
    const what = unit === 'tenants' ? 'tenant' : 'release';
    return `The only ${what}${readable} ${good === 1 ? one : not}`;
  }
  const counted = `${formatCount(all)} ${unit}${readable}`;
  if (good === all) return `All ${counted} ${more}`;
  if (good === 0) return `None of ${counted} ${one}`;
  return `${formatCount(good)} of ${counted} ${good === 1 ? one : more}`;
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
