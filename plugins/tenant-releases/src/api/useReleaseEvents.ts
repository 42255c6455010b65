import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keepListening } from './keepListening';
import { isConcerned } from './queryKeys';
import type { TenantReleasesApi } from './TenantReleasesApi';

/** live: changes are pushed; polling: they are looked for every few seconds. */
export type Liveliness = 'live' | 'polling';

/** Hints come in bursts; one reading answers all of a burst. */
const gatherFor = 300;

/** Gathers hints and then has the answers about these tenants read again. */
function createInvalidator(client: QueryClient, signal: AbortSignal) {
  const tenants = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  let all = false;
  return (changed: string[]) => {
    changed.forEach(tenant => tenants.add(tenant));
    all ||= changed.length === 0;
    timer ??= setTimeout(() => {
      timer = undefined;
      const gathered = all ? 'all' : new Set(tenants);
      tenants.clear();
      all = false;
      client.invalidateQueries({ predicate: query => isConcerned(query.queryKey, gathered) });
    }, gatherFor);
  };
}

/**
 * Listens for hints that something changed and reads the answers concerned again. While the stream is down,
 * polling goes on by itself.
 */
export function useReleaseEvents(api: TenantReleasesApi): Liveliness {
  const client = useQueryClient();
  const [liveliness, setLiveliness] = useState<Liveliness>('polling');
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const invalidate = createInvalidator(client, signal);
    keepListening(
      onOpen => api.readEvents(event => invalidate(event.tenants), { signal, onOpen }),
      open => setLiveliness(open ? 'live' : 'polling'),
      signal,
    );
    return () => controller.abort();
  }, [api, client]);
  return liveliness;
}
