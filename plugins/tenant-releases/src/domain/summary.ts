import {
  type Release,
  type ReleaseState,
  releaseStates,
} from '@internal/plugin-tenant-releases-common';
import { stateSince } from './stateSince';
import { formatDuration, secondsBetween } from './time';

/** A held release runs what Git wants: the hold is in Git too. */
const asWanted: readonly ReleaseState[] = ['in-sync', 'held'];

interface Clause {
  /** The words behind the number, for one tenant and for more. */
  one: string;
  more: string;
  /** Says for how long the longest of them is in this state. */
  timed: boolean;
}

const clauses: Record<Exclude<ReleaseState, 'in-sync'> | 'sync-failed', Clause> = {
  'sync-failed': { one: 'has failed to sync', more: 'have failed to sync', timed: true },
  degraded: { one: 'is degraded', more: 'are degraded', timed: true },
  drifted: { one: 'has drifted', more: 'have drifted', timed: true },
  progressing: { one: 'is rolling out', more: 'are rolling out', timed: false },
  unknown: { one: 'is in an unknown state', more: 'are in an unknown state', timed: false },
  held: { one: 'is held', more: 'are held', timed: false },
};

/** One release a tenant: the one that needs attention most. */
function worstPerTenant(releases: readonly Release[]): Release[] {
  const worst = new Map<string, Release>();
  for (const release of releases) {
    const known = worst.get(release.tenant);
    if (!known || releaseStates.indexOf(release.state) < releaseStates.indexOf(known.state)) {
      worst.set(release.tenant, release);
    }
  }
  return [...worst.values()];
}

function describe(clause: Clause, releases: Release[], now: number): string {
  const verb = `${releases.length} ${releases.length === 1 ? clause.one : clause.more}`;
  const ages = releases.flatMap(release => secondsBetween(stateSince(release), now) ?? []);
  if (!clause.timed || ages.length === 0) return verb;
  return `${verb} for ${releases.length > 1 ? 'up to ' : ''}${formatDuration(Math.max(...ages))}`;
}

function opening(good: number, all: number): string {
  if (all === 1 && good === 1) return 'The only tenant runs what Git wants';
  if (good === all) return `All ${all} tenants run what Git wants`;
  if (good === 0)
    return all === 1
      ? 'The only tenant does not run what Git wants'
      : `None of ${all} tenants runs what Git wants`;
  return `${good} of ${all} tenants ${good === 1 ? 'runs' : 'run'} what Git wants`;
}

/**
 * How things are, in one sentence: how many tenants run what Git wants, and what is with the others.
 * A tenant with several services counts once, by the one that needs attention most.
 *
 * @param now - milliseconds since 1970
 */
export function summariseTenants(releases: readonly Release[], now: number): string {
  const tenants = worstPerTenant(releases);
  if (tenants.length === 0) return 'There are no tenants yet.';
  const good = tenants.filter(({ state }) => asWanted.includes(state)).length;
  const rest = releaseStates.flatMap(state => {
    const concerned = tenants.filter(release => release.state === state);
    if (state === 'in-sync' || concerned.length === 0) return [];
    const failed = concerned.filter(({ reasons }) =>
      reasons.some(({ code }) => code === 'SYNC_FAILED'),
    );
    const others = concerned.filter(release => !failed.includes(release));
    return [
      ...(failed.length > 0 ? [describe(clauses['sync-failed'], failed, now)] : []),
      ...(others.length > 0 ? [describe(clauses[state], others, now)] : []),
    ];
  });
  return `${opening(good, tenants.length)}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}
