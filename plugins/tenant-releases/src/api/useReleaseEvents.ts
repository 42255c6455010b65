import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createHintQueue } from './createHintQueue';
import { keepListening } from './keepListening';
import { patchFleets } from './patchFleets';
import type { Liveliness } from './liveliness';
import { isConcerned } from './queryKeys';
import type { TenantReleasesApi } from './TenantReleasesApi';

/** Milliseconds: with the reading and the drawing, a change is on the screen well within a second. */
const gatherFor = 250;
/** Reading so many rows one by one costs as much as reading all. */
const mostTenants = 200;

/** Has the answers about what changed read again: rows of a fleet one by one, the others as a whole. */
function createInvalidator(api: TenantReleasesApi, client: QueryClient, signal: AbortSignal) {
  const invalidate = (changed: ReadonlySet<string> | 'all') =>
    client.invalidateQueries({ predicate: query => isConcerned(query.queryKey, changed) });
  return createHintQueue(
    {
      gatherFor,
      most: mostTenants,
      onAll: () => invalidate('all'),
      async onTenants(tenants) {
        await Promise.all([invalidate(tenants), patchFleets(api, client, tenants, signal)]);
      },
    },
    signal,
  );
}

/**
 * Listens for hints that something changed and reads the answers concerned again. While the stream is down,
 * polling goes on by itself; when it comes back, everything may have changed meanwhile.
 */
export function useReleaseEvents(api: TenantReleasesApi): Liveliness {
  const client = useQueryClient();
  const [liveliness, setLiveliness] = useState<Liveliness>('polling');
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const invalidate = createInvalidator(api, client, signal);
    let wasOpen = false;
    keepListening(
      onOpen => api.readEvents(event => invalidate(event.tenants), { signal, onOpen }),
      open => {
        setLiveliness(open ? 'live' : 'polling');
        if (open && wasOpen) invalidate([]);
        wasOpen ||= open;
      },
      signal,
    );
    return () => controller.abort();
  }, [api, client]);
  return liveliness;
}
