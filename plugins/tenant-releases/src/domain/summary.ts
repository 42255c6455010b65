import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import type { FleetRow } from './fleet';
import { pinningReason, restingReason, waitingReason } from './reasons';
import { deliveryOf } from './serving';
import { servingClauses } from './servingClauses';
import { stateSince } from './stateSince';
import { formatDuration } from './time';

/** A held release is as Git wants it: the hold is in Git too, or whoever pinned it meant it. */
const asWanted: readonly ReleaseState[] = ['in-sync', 'held'];

/** The ways in which a tenant can be that are worth a clause, the one of most concern first. */
const clauseKinds = [
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
] as const;

type ClauseKind = (typeof clauseKinds)[number];

/** How many tenants are in one way. */
interface Finding {
  /** `moving`: progressing, of which nobody has looked yet whether it waits. */
  kind: ClauseKind | 'moving';
  tenants: number;
  /** When the first of them came into it, in milliseconds since 1970; absent when nobody knows. */
  since?: number;
}

/** How many tenants there are, how many are as intended, and what is with the others, worst first. */
export interface FleetSurvey {
  tenants: number;
  asWanted: number;
  /** Whether all of {@link asWanted} are known to run what their files say: none rests, none is pinned elsewhere. */
  isRunning: boolean;
  findings: Finding[];
  /** Clauses about whether they serve; empty while the rows are still on their way. */
  serving: string[];
}

interface Clause {
  /** The words behind the number, for one tenant and for more. */
  one: string;
  more: string;
  /** Says for how long the longest of them is in this state. */
  timed?: boolean;
}

const clauses: Record<Finding['kind'], Clause> = {
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
const notRunning = new Set<Finding['kind']>(['pinned', 'scaled-to-zero', 'between-runs']);

/** The way in which a release is; `in-sync` when there is nothing to say of it. */
function kindOf(row: FleetRow): ClauseKind | 'in-sync' {
  const { state, reasons } = row;
  if (state !== 'in-sync' && reasons.some(({ code }) => code === 'SYNC_FAILED')) {
    return 'sync-failed';
  }
  const rest = restingReason(row);
  if (rest) return rest.code === 'BETWEEN_RUNS' ? 'between-runs' : 'scaled-to-zero';
  if (waitingReason(row)) return 'waiting';
  return pinningReason(row) ? 'pinned' : state;
}

const kindOrder = [...clauseKinds, 'in-sync'];

/** One release a tenant: the one that needs attention most. */
function worstPerTenant(rows: readonly FleetRow[]): Array<{ row: FleetRow; kind: string }> {
  const worst = new Map<string, { row: FleetRow; kind: string }>();
  for (const row of rows) {
    const kind = kindOf(row);
    const known = worst.get(row.tenant);
    if (!known || kindOrder.indexOf(kind) < kindOrder.indexOf(known.kind)) {
      worst.set(row.tenant, { row, kind });
    }
  }
  return [...worst.values()];
}

function findingOf(kind: ClauseKind, rows: readonly FleetRow[]): Finding[] {
  if (rows.length === 0) return [];
  const times = clauses[kind].timed ? rows.flatMap(row => Date.parse(stateSince(row) ?? '')) : [];
  const known = times.filter(Number.isFinite);
  // Thousands of arguments are too many for Math.min(...).
  const since = known.length > 0 ? known.reduce((a, b) => Math.min(a, b)) : undefined;
  return [{ kind, tenants: rows.length, since }];
}

/** Looks through all rows. A tenant with several services counts once, by the one that needs attention most. */
export function surveyTenants(rows: readonly FleetRow[]): FleetSurvey {
  const tenants = worstPerTenant(rows.map(deliveryOf));
  const findings = clauseKinds.flatMap(wanted =>
    findingOf(
      wanted,
      tenants.flatMap(({ row, kind }) => (kind === wanted ? [row] : [])),
    ),
  );
  return {
    tenants: tenants.length,
    asWanted: tenants.filter(({ row }) => asWanted.includes(row.state)).length,
    isRunning: !findings.some(({ kind }) => notRunning.has(kind)),
    findings,
    serving: servingClauses(rows),
  };
}

/** The same from the numbers alone, while the rows are still on their way: they tell states apart, and nothing in them. */
export function surveyCounts(counts: Readonly<Record<ReleaseState, number>>): FleetSurvey {
  return {
    tenants: releaseStates.reduce((sum, state) => sum + counts[state], 0),
    asWanted: asWanted.reduce((sum, state) => sum + counts[state], 0),
    isRunning: false,
    findings: releaseStates.flatMap(state =>
      state === 'in-sync' || counts[state] === 0
        ? []
        : [{ kind: state === 'progressing' ? 'moving' : state, tenants: counts[state] }],
    ),
    serving: [],
  };
}

const format = new Intl.NumberFormat('en-GB');

/** A number of things for people: `5,000`. */
export const formatCount = (count: number): string => format.format(count);

function describe({ kind, tenants, since }: Finding, now: number): string {
  const clause = clauses[kind];
  const verb = `${formatCount(tenants)} ${tenants === 1 ? clause.one : clause.more}`;
  if (since === undefined) return verb;
  return `${verb} for ${tenants > 1 ? 'up to ' : ''}${formatDuration((now - since) / 1000)}`;
}

function opening({ asWanted: good, tenants: all, isRunning }: FleetSurvey): string {
  const one = isRunning ? 'runs what Git wants' : 'is as intended';
  const more = isRunning ? 'run what Git wants' : 'are as intended';
  if (all === 1) {
    const not = isRunning ? 'does not run what Git wants' : 'is not as intended';
    return `The only tenant ${good === 1 ? one : not}`;
  }
  if (good === all) return `All ${formatCount(all)} tenants ${more}`;
  if (good === 0) return `None of ${formatCount(all)} tenants ${one}`;
  return `${formatCount(good)} of ${formatCount(all)} tenants ${good === 1 ? one : more}`;
}

/**
 * How things are, in one sentence: how many tenants run what Git wants, and what is with the others. Where some of them
 * run nothing by wish, or what their Applications say, the sentence does not say that they run what Git wants. The last
 * part says which of them do not serve, and of which that is not measured.
 *
 * @param now - milliseconds since 1970
 */
export function describeSurvey(survey: FleetSurvey, now: number): string {
  if (survey.tenants === 0) return 'There are no tenants yet.';
  const delivery = survey.findings.map(finding => describe(finding, now)).join(', ');
  return `${[opening(survey), delivery, survey.serving.join(', ')].filter(Boolean).join('; ')}.`;
}
