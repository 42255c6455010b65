import { InputError } from '@backstage/errors';
import {
  releaseStates,
  type Release,
  type ReleaseState,
} from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';

/** Which releases; absent means any. */
export interface ReleaseFilter {
  tenant?: string[];
  service?: string;
  environment?: string[];
  tier?: string[];
  ring?: number[];
  state?: string[];
  /** Text in tenant, display name, owner or a version. */
  q?: string;
}

const name = z.string().max(63);
/** Tenant, service, and the environment where there is one. */
const cursorSchema = z.union([z.tuple([name, name]), z.tuple([name, name, z.string().max(300)])]);

/** How many releases are in each state; states that none is in are there with 0. */
export function countStates(
  releases: ReadonlyArray<Pick<Release, 'state'>>,
): Record<ReleaseState, number> {
  const counts = Object.fromEntries(releaseStates.map(state => [state, 0]));
  for (const { state } of releases) counts[state] += 1;
  return counts as Record<ReleaseState, number>;
}

/** Whether a release passes the filter. */
export function matches(
  release: Release,
  { tenant, service, environment, tier, ring, state, q }: ReleaseFilter,
): boolean {
  return (
    (tenant === undefined || tenant.includes(release.tenant)) &&
    (service === undefined || release.service === service) &&
    (environment === undefined || environment.includes(release.environment ?? '')) &&
    (tier === undefined || tier.includes(release.tier)) &&
    (ring === undefined || ring.includes(release.ring)) &&
    (state === undefined || state.includes(release.state)) &&
    (q === undefined || searchable(release).includes(q.toLowerCase()))
  );
}

function searchable(release: Release): string {
  const { tenant, environment, displayName, owner, desired, synced, running } = release;
  const versions = [desired?.version, synced?.version, ...running.map(({ version }) => version)];
  return [tenant, environment, displayName, owner, ...versions].join('\n').toLowerCase();
}

/** What tells releases apart. */
interface Place {
  tenant: string;
  service: string;
  environment?: string;
}

/**
 * One page of releases that are ordered by tenant, service and environment.
 *
 * @param cursor - `nextCursor` of the page before
 * @throws InputError for a cursor that was not made here
 */
export function pageOf<T extends Place>(
  items: readonly T[],
  limit: number,
  cursor: string | undefined,
): { items: T[]; nextCursor?: string } {
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const start = after ? items.findIndex(item => isAfter(item, after)) : 0;
  if (start < 0) return { items: [] };
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  return last && start + limit < items.length
    ? { items: page, nextCursor: formatCursor(last) }
    : { items: page };
}

type Cursor = z.infer<typeof cursorSchema>;

function isAfter({ tenant, service, environment = '' }: Place, [t, s, e = '']: Cursor) {
  return tenant > t || (tenant === t && (service > s || (service === s && environment > e)));
}

function formatCursor({ tenant, service, environment }: Place): string {
  const place = [tenant, service, ...(environment === undefined ? [] : [environment])];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function parseCursor(cursor: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InputError('Query parameter "cursor": is not one that this list has given out');
  }
}
