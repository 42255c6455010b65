import { ResponseError } from '@backstage/errors';
import { QueryClient } from '@tanstack/react-query';

/** How often what is on the page is read again, in milliseconds. */
export const pollInterval = 5_000;
/** The same for panels: Prometheus has a new point only every few seconds. */
export const panelInterval = 5_000;

/** A refusal stays a refusal; anything else may be gone the next moment. */
function worthRetrying(failures: number, error: Error): boolean {
  const refused = error instanceof ResponseError && error.statusCode < 500;
  return failures < 1 && !refused;
}

/** Makes the cache of answers. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
