import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import type { FleetRow } from './fleet';
import { stateSince } from './stateSince';
import { formatDuration } from './time';

/** A held release runs what Git wants: the hold is in Git too. */
const asWanted: readonly ReleaseState[] = ['in-sync', 'held'];

type ClauseKind = Exclude<ReleaseState, 'in-sync'> | 'sync-failed';

/** How many tenants are in one way. */
interface Finding {
  kind: ClauseKind;
  tenants: number;
  /** When the first of them came into it, in milliseconds since 1970; absent when nobody knows. */
  since?: number;
}

/** How many tenants there are, how many run what Git wants, and what is with the others, worst first. */
export interface FleetSurvey {
  tenants: number;
  asWanted: number;
  findings: Finding[];
}

interface Clause {
  /** The words behind the number, for one tenant and for more. */
  one: string;
  more: string;
  /** Says for how long the longest of them is in this state. */
  timed: boolean;
}

const clauses: Record<ClauseKind, Clause> = {
  'sync-failed': { one: 'has failed to sync', more: 'have failed to sync', timed: true },
  degraded: { one: 'is degraded', more: 'are degraded', timed: true },
  drifted: { one: 'has drifted', more: 'have drifted', timed: true },
  progressing: { one: 'is rolling out', more: 'are rolling out', timed: false },
  unknown: { one: 'is in an unknown state', more: 'are in an unknown state', timed: false },
  held: { one: 'is held', more: 'are held', timed: false },
};

/** One release a tenant: the one that needs attention most. */
function worstPerTenant(rows: readonly FleetRow[]): FleetRow[] {
  const worst = new Map<string, FleetRow>();
  for (const row of rows) {
    const known = worst.get(row.tenant);
    if (!known || releaseStates.indexOf(row.state) < releaseStates.indexOf(known.state)) {
      worst.set(row.tenant, row);
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
  const tenants = worstPerTenant(rows);
  const findings = releaseStates.flatMap(state => {
    if (state === 'in-sync') return [];
    const concerned = tenants.filter(row => row.state === state);
    const isFailed = ({ reasons }: FleetRow) => reasons.some(({ code }) => code === 'SYNC_FAILED');
    return [
      ...findingOf('sync-failed', concerned.filter(isFailed)),
      ...findingOf(
        state,
        concerned.filter(row => !isFailed(row)),
      ),
    ];
  });
  const good = tenants.filter(({ state }) => asWanted.includes(state)).length;
  return { tenants: tenants.length, asWanted: good, findings };
}

/** The same from the numbers alone, while the rows are still on their way. */
export function surveyCounts(counts: Readonly<Record<ReleaseState, number>>): FleetSurvey {
  return {
    tenants: releaseStates.reduce((sum, state) => sum + counts[state], 0),
    asWanted: asWanted.reduce((sum, state) => sum + counts[state], 0),
    findings: releaseStates.flatMap(state =>
      state === 'in-sync' || counts[state] === 0 ? [] : [{ kind: state, tenants: counts[state] }],
    ),
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

function opening(good: number, all: number): string {
  if (all === 1) {
    return `The only tenant ${good === 1 ? 'runs' : 'does not run'} what Git wants`;
  }
  if (good === all) return `All ${formatCount(all)} tenants run what Git wants`;
  if (good === 0) return `None of ${formatCount(all)} tenants runs what Git wants`;
  const verb = good === 1 ? 'runs' : 'run';
  return `${formatCount(good)} of ${formatCount(all)} tenants ${verb} what Git wants`;
}

/**
 * How things are, in one sentence: how many tenants run what Git wants, and what is with the others.
 *
 * @param now - milliseconds since 1970
 */
export function describeSurvey(survey: FleetSurvey, now: number): string {
  if (survey.tenants === 0) return 'There are no tenants yet.';
  const rest = survey.findings.map(finding => describe(finding, now)).join(', ');
  return `${opening(survey.asWanted, survey.tenants)}${rest && `; ${rest}`}.`;
}
