import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isQueryOfTenant } from './queryKeys';
import type { TenantReleasesApi } from './TenantReleasesApi';

/** live: changes are pushed; polling: they are looked for every few seconds. */
export type Liveliness = 'live' | 'polling';

const firstPause = 1_000;
const longestPause = 30_000;
/** Hints come in bursts; one reading answers all of a burst. */
const gatherFor = 300;

/** Waits, but not past the end of the signal. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

/** Gathers hints and then has the answers about these tenants read again. */
function createInvalidator(client: QueryClient, signal: AbortSignal) {
  const tenants = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (changed: string[]) => {
    changed.forEach(tenant => tenants.add(tenant));
    timer ??= setTimeout(() => {
      timer = undefined;
      const gathered = new Set(tenants);
      tenants.clear();
      client.invalidateQueries({ predicate: query => isQueryOfTenant(query.queryKey, gathered) });
    }, gatherFor);
  };
}

/**
 * Listens for hints that something changed and reads the answers concerned again. While the stream is down,
 * it tries again after a pause that doubles from 1 s to 30 s; polling goes on by itself.
 */
export function useReleaseEvents(api: TenantReleasesApi): Liveliness {
  const client = useQueryClient();
  const [liveliness, setLiveliness] = useState<Liveliness>('polling');
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const invalidate = createInvalidator(client, signal);
    const listen = async () => {
      let wait = firstPause;
      while (!signal.aborted) {
        try {
          await api.readEvents(event => invalidate(event.tenants), {
            signal,
            onOpen: () => {
              wait = firstPause;
              setLiveliness('live');
            },
          });
        } catch {
          // Polling stands in; the calls themselves show what is wrong.
        }
        if (signal.aborted) return;
        setLiveliness('polling');
        await pause(wait * (0.75 + Math.random() / 2), signal);
        wait = Math.min(wait * 2, longestPause);
      }
    };
    listen();
    return () => controller.abort();
  }, [api, client]);
  return liveliness;
}
