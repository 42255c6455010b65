import { useApi } from '@backstage/frontend-plugin-api';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LivelinessContext } from './liveliness';
import { createQueryClient } from './queryClient';
import { tenantReleasesApiRef } from './TenantReleasesApi';
import { useReleaseEvents } from './useReleaseEvents';

/** The cache of all pages, for what is no component. */
export const sharedClient = createQueryClient();

function LiveUpdates({ children }: { children: ReactNode }) {
  const liveliness = useReleaseEvents(useApi(tenantReleasesApiRef));
  return <LivelinessContext.Provider value={liveliness}>{children}</LivelinessContext.Provider>;
}

/** Goes round what reads answers once, such as a field of a form. */
export function TenantReleasesCache({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={sharedClient}>{children}</QueryClientProvider>;
}

/** Goes round each page, tab and card: they share one cache of answers and are told of changes. */
export function TenantReleasesProvider({ children }: { children: ReactNode }) {
  return (
    <TenantReleasesCache>
      <LiveUpdates>{children}</LiveUpdates>
    </TenantReleasesCache>
  );
}

/** Forgets every answer: tests start from nothing. */
export function clearTenantReleasesCache(): void {
  sharedClient.clear();
}
