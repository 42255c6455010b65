import { type ReleaseState, releaseStates } from '@internal/plugin-tenant-releases-common';
import { authorText } from './authorText';
import { type Concern, concernRank, concerns, rowsByConcern } from './concern';
import { type FleetRow, compareTexts } from './fleet';
import { stateSince } from './stateSince';
import { mainRunningVersion } from './version';

/** What the table of tenants can be ordered by. */
export const sortKeys = [
  'concern',
  'tenant',
  'tier',
  'ring',
  'desired',
  'running',
  'state',
  'since',
] as const;
export type SortKey = (typeof sortKeys)[number];

/** The order of a URL that names none: the worst first. */
const defaultSort: SortKey = 'concern';

/** The view of the table, as the URL holds it. */
export interface TenantFilters {
  states: ReleaseState[];
  /** The releases that a clause of the sentence is about. */
  concern?: Concern;
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
    concern: concerns.find(concern => concern === params.get('concern')),
    text: params.get('q') ?? '',
    tier: params.get('tier') || undefined,
    ring: ring === undefined ? undefined : Number(ring),
    service: params.get('service') || undefined,
    version: params.get('version') || undefined,
    sort: sortKeys.find(key => key === sort) ?? defaultSort,
    descending: params.get('sort')?.startsWith('-') ?? false,
  };
}

/** Writes the view into a copy of the URL's parameters; defaults are left out, others stay. */
export function writeFilters(params: URLSearchParams, filters: TenantFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  const sort = `${filters.descending ? '-' : ''}${filters.sort}`;
  const values: Record<string, string | undefined> = {
    state: filters.states.join(','),
    concern: filters.concern,
    q: filters.text,
    tier: filters.tier,
    ring: filters.ring === undefined ? undefined : String(filters.ring),
    service: filters.service,
    version: filters.version,
    sort: sort === defaultSort ? undefined : sort,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

const searchTexts = new WeakMap<FleetRow, string>();

/** Everything of a row that can be searched, in lower case; made once a row, since each key typed asks all rows. */
function searchText(row: FleetRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = [
    row.tenant,
    row.displayName,
    row.service,
    row.environment,
    row.owner,
    row.desired?.version,
    row.desired && authorText(row.desired),
    row.desired?.pullRequest && `#${row.desired.pullRequest.number}`,
    row.desired?.pullRequest?.title,
    row.ringName,
    row.desired?.source?.title,
    row.desired?.source?.author,
    ...row.running.map(({ version }) => version),
    ...row.reasons.map(reason => reason.text),
  ]
    .join(' ')
    .toLowerCase();
  searchTexts.set(row, text);
  return text;
}

function matchesText(row: FleetRow, words: readonly string[]): boolean {
  return words.every(word => searchText(row).includes(word));
}

/**
 * The releases that a view shows, apart from its choice of states: what the chips count.
 *
 * @param rows - all there are: what a clause of the sentence is about follows from all of them
 */
export function filterExceptState(
  rows: readonly FleetRow[],
  filters: TenantFilters,
): readonly FleetRow[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { concern } = filters;
  const chosen = concern === undefined ? rows : rowsByConcern(rows).get(concern) ?? [];
  return chosen.filter(
    release =>
      (filters.tier === undefined || release.tier === filters.tier) &&
      (filters.ring === undefined || release.ring === filters.ring) &&
      (filters.service === undefined || release.service === filters.service) &&
      (filters.version === undefined ||
        release.desired?.version === filters.version ||
        release.running.some(({ version }) => version === filters.version)) &&
      matchesText(release, words),
  );
}

/** Keeps the chosen states; none chosen means all. */
export function filterStates(
  rows: readonly FleetRow[],
  states: readonly ReleaseState[],
): readonly FleetRow[] {
  return states.length === 0 ? rows : rows.filter(({ state }) => states.includes(state));
}

/** How many releases are in each state. */
export function countStates(
  releases: ReadonlyArray<Pick<FleetRow, 'state'>>,
): Record<ReleaseState, number> {
  const counts = Object.fromEntries(releaseStates.map(state => [state, 0]));
  for (const { state } of releases) counts[state] += 1;
  return counts as Record<ReleaseState, number>;
}

function ageKey(found: { version: string; firstSeen?: string } | undefined): string {
  const time = Date.parse(found?.firstSeen ?? '') || 0;
  return found ? `${String(time).padStart(15, '0')} ${found.version}` : '';
}

const keys: Record<SortKey, (row: FleetRow) => string | number> = {
  concern: concernRank,
  tenant: row => row.tenant,
  tier: row => row.tier,
  ring: row => row.ring,
  // Versions by their age, as everywhere.
  desired: ({ desired }) => ageKey(desired),
  running: row => ageKey(row.running.find(({ version }) => version === mainRunningVersion(row))),
  state: row => releaseStates.indexOf(row.state),
  since: row => Date.parse(stateSince(row) ?? '') || 0,
};

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : compareTexts(String(a), String(b));
}

/** A sorted copy; equal ones are ordered by tenant, service and environment, so that rows do not jump. */
export function sortReleases(
  rows: readonly FleetRow[],
  { sort, descending }: Pick<TenantFilters, 'sort' | 'descending'>,
): FleetRow[] {
  const direction = descending ? -1 : 1;
  return rows
    .map(row => ({ row, key: keys[sort](row) }))
    .sort(
      (a, b) =>
        direction * compareKeys(a.key, b.key) ||
        compareTexts(a.row.tenant, b.row.tenant) ||
        compareTexts(a.row.service, b.row.service) ||
        compareTexts(a.row.environment ?? '', b.row.environment ?? ''),
    )
    .map(({ row }) => row);
}

/** Whether a view leaves anything out. */
export function isNarrowed(filters: TenantFilters): boolean {
  const { states, concern, text, tier, ring, service, version } = filters;
  return (
    states.length > 0 ||
    text !== '' ||
    [concern, tier, ring, service, version].some(value => value !== undefined)
  );
}
