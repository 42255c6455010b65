import {
  type Release,
  type ReleaseState,
  releaseStates,
} from '@internal/plugin-tenant-releases-common';
import { stateSince } from './stateSince';
import { mainRunningVersion } from './version';

/** What the table of tenants can be ordered by. */
export const sortKeys = ['tenant', 'tier', 'ring', 'desired', 'running', 'state', 'since'] as const;
export type SortKey = (typeof sortKeys)[number];

/** The view of the table, as the URL holds it. */
export interface TenantFilters {
  states: ReleaseState[];
  text: string;
  tier?: string;
  ring?: number;
  service?: string;
  /** Releases that run this version, or should. */
  version?: string;
  sort: SortKey;
  descending: boolean;
}

/** Reads the view from the URL; what cannot be read is left out. */
export function readFilters(params: URLSearchParams): TenantFilters {
  const wanted = (params.get('state') ?? '').split(',');
  const sort = params.get('sort')?.replace(/^-/, '');
  const ring = /^\d$/.exec(params.get('ring') ?? '')?.[0];
  return {
    states: releaseStates.filter(state => wanted.includes(state)),
    text: params.get('q') ?? '',
    tier: params.get('tier') || undefined,
    ring: ring === undefined ? undefined : Number(ring),
    service: params.get('service') || undefined,
    version: params.get('version') || undefined,
    sort: sortKeys.find(key => key === sort) ?? 'tenant',
    descending: params.get('sort')?.startsWith('-') ?? false,
  };
}

/** Writes the view into a copy of the URL's parameters; defaults are left out, others stay. */
export function writeFilters(params: URLSearchParams, filters: TenantFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  const sort = `${filters.descending ? '-' : ''}${filters.sort}`;
  const values: Record<string, string | undefined> = {
    state: filters.states.join(','),
    q: filters.text,
    tier: filters.tier,
    ring: filters.ring === undefined ? undefined : String(filters.ring),
    service: filters.service,
    version: filters.version,
    sort: sort === 'tenant' ? undefined : sort,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

function matchesText(release: Release, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = [
    release.tenant,
    release.displayName,
    release.service,
    release.owner,
    release.desired?.version,
    release.desired?.author,
    release.desired?.pullRequest && `#${release.desired.pullRequest.number}`,
    release.desired?.pullRequest?.title,
    ...release.running.map(({ version }) => version),
    ...release.reasons.map(reason => reason.text),
  ]
    .join(' ')
    .toLowerCase();
  return words.every(word => haystack.includes(word));
}

/** The releases that a view shows, apart from its choice of states: what the chips count. */
export function filterExceptState(releases: readonly Release[], filters: TenantFilters): Release[] {
  return releases.filter(
    release =>
      (filters.tier === undefined || release.tier === filters.tier) &&
      (filters.ring === undefined || release.ring === filters.ring) &&
      (filters.service === undefined || release.service === filters.service) &&
      (filters.version === undefined ||
        release.desired?.version === filters.version ||
        release.running.some(({ version }) => version === filters.version)) &&
      matchesText(release, filters.text),
  );
}

/** Keeps the chosen states; none chosen means all. */
export function filterStates(releases: readonly Release[], states: ReleaseState[]): Release[] {
  return releases.filter(({ state }) => states.length === 0 || states.includes(state));
}

/** How many releases are in each state. */
export function countStates(releases: readonly Release[]): Record<ReleaseState, number> {
  const counts = Object.fromEntries(releaseStates.map(state => [state, 0]));
  for (const { state } of releases) counts[state] += 1;
  return counts as Record<ReleaseState, number>;
}

const keys: Record<SortKey, (release: Release) => string | number> = {
  tenant: release => release.tenant,
  tier: release => release.tier,
  ring: release => release.ring,
  desired: release => release.desired?.version ?? '',
  running: release => mainRunningVersion(release) ?? '',
  state: release => releaseStates.indexOf(release.state),
  since: release => Date.parse(stateSince(release) ?? '') || 0,
};

/** A sorted copy; equal ones are ordered by tenant and service, so that rows do not jump. */
export function sortReleases(
  releases: readonly Release[],
  { sort, descending }: Pick<TenantFilters, 'sort' | 'descending'>,
): Release[] {
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  const direction = descending ? -1 : 1;
  return [...releases].sort(
    (a, b) =>
      direction * compare(keys[sort](a), keys[sort](b)) ||
      compare(a.tenant, b.tenant) ||
      compare(a.service, b.service),
  );
}
