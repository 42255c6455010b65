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
  tier?: string[];
  ring?: number[];
  state?: string[];
  /** Text in tenant, display name, owner or a version. */
  q?: string;
}

const cursorSchema = z.tuple([z.string().max(63), z.string().max(63)]);

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
  { tenant, service, tier, ring, state, q }: ReleaseFilter,
): boolean {
  return (
    (tenant === undefined || tenant.includes(release.tenant)) &&
    (service === undefined || release.service === service) &&
    (tier === undefined || tier.includes(release.tier)) &&
    (ring === undefined || ring.includes(release.ring)) &&
    (state === undefined || state.includes(release.state)) &&
    (q === undefined || searchable(release).includes(q.toLowerCase()))
  );
}

function searchable({ tenant, displayName, owner, desired, synced, running }: Release): string {
  const versions = [desired?.version, synced?.version, ...running.map(({ version }) => version)];
  return [tenant, displayName, owner, ...versions].join('\n').toLowerCase();
}

/**
 * One page of releases that are ordered by tenant and service.
 *
 * @param cursor - `nextCursor` of the page before
 * @throws InputError for a cursor that was not made here
 */
export function pageOf<T extends { tenant: string; service: string }>(
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

function isAfter(
  { tenant, service }: { tenant: string; service: string },
  [t, s]: [string, string],
) {
  return tenant > t || (tenant === t && service > s);
}

function formatCursor({ tenant, service }: { tenant: string; service: string }): string {
  return Buffer.from(JSON.stringify([tenant, service])).toString('base64url');
}

function parseCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InputError('Query parameter "cursor": is not one that this list has given out');
  }
}
