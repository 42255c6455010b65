import type { Release, ReleaseState } from '@internal/plugin-tenant-releases-common';
import { countStates, matches, pageOf, type ReleaseFilter } from './listReleases';
import type { ReleaseRef } from './ReleaseRef';

/** What is asked of a list. */
export interface ReleaseSelection {
  filter: ReleaseFilter;
  limit: number;
  cursor?: string;
  /** Whether to count the releases in each state, whatever `filter.state` chooses. */
  counts: boolean;
}

/** One page of a list. */
export interface SelectedReleases {
  items: Release[];
  nextCursor?: string;
  totalItems: number;
  counts?: Record<ReleaseState, number>;
}

/**
 * A page of the releases that pass a filter. Only what has to be looked at is joined: for a list of all, or of some
 * tenants, that is the page alone.
 *
 * @param refs - what the caller may read, ordered by tenant and service
 * @throws InputError for a cursor that was not made here
 */
export function selectReleases(
  refs: readonly ReleaseRef[],
  release: (ref: ReleaseRef) => Release,
  { filter, limit, cursor, counts }: ReleaseSelection,
): SelectedReleases {
  const { tenant, service, environment, state, ...content } = filter;
  const named = refs.filter(
    ref =>
      (tenant === undefined || tenant.includes(ref.tenant)) &&
      (service === undefined || ref.service === service) &&
      (environment === undefined || environment.includes(ref.environment ?? '')),
  );
  const looksInside = counts || [state, ...Object.values(content)].some(Boolean);
  if (!looksInside) {
    const { items, nextCursor } = pageOf(named, limit, cursor);
    return { items: items.map(release), nextCursor, totalItems: named.length };
  }
  const inAnyState = named.map(release).filter(found => matches(found, content));
  const releases = inAnyState.filter(found => matches(found, { state }));
  return {
    ...pageOf(releases, limit, cursor),
    totalItems: releases.length,
    ...(counts ? { counts: countStates(inAnyState) } : {}),
  };
}
