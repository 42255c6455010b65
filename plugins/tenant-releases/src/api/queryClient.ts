import { ResponseError } from '@backstage/errors';
import { QueryClient } from '@tanstack/react-query';
import type { Liveliness } from './liveliness';
import { queryKeys } from './queryKeys';

/** How often what is on the page is read again, in milliseconds. */
export const pollInterval = 5_000;
/**
 * How often the sources are read again while all are well and changes are pushed, in milliseconds: a source that goes
 * away is pushed too.
 */
export const calmInterval = 30_000;
/** The same for panels: Prometheus has a new point only every few seconds. */
export const panelInterval = 5_000;

/** How long it is known where somebody was on a page that was left, in milliseconds. */
const placeTime = 3_600_000;

/**
 * How often a whole fleet is read again, in milliseconds. While changes are pushed that only mends what a lost hint
 * missed; the larger the fleet, the more it costs.
 *
 * @param size - how many releases it has
 */
export function fleetInterval(size: number, liveliness: Liveliness): number {
  const [shortest, longest] = liveliness === 'live' ? [15_000, 60_000] : [pollInterval, 30_000];
  return Math.min(longest, Math.max(shortest, size * 12));
}

/** A refusal stays a refusal; anything else may be gone the next moment. */
function worthRetrying(failures: number, error: Error): boolean {
  const refused = error instanceof ResponseError && error.statusCode < 500;
  return failures < 1 && !refused;
}

/** Makes the cache of answers. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: worthRetrying,
        retryDelay: 400,
        staleTime: 2_000,
        // The portal may run on this very machine, where "offline" says nothing.
        networkMode: 'always',
      },
    },
  });
  client.setQueryDefaults(queryKeys.place(), { gcTime: placeTime });
  return client;
}
