import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { calmInterval, pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { tenantReleasesApiRef } from './TenantReleasesApi';

/**
 * Onboardings that are under way.
 *
 * @param enabled - whether the user may onboard; nobody else is told
 */
export function usePendingTenants(enabled: boolean) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.pendingTenants(),
    queryFn: ({ signal }) => api.listPendingTenants(signal),
    refetchInterval: 2 * pollInterval,
    enabled,
  });
}

/** The onboarding of one tenant. @param enabled - whether the user may onboard */
export function usePendingTenant(tenant: string, enabled: boolean) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.pendingTenant(tenant),
    queryFn: ({ signal }) => api.getPendingTenant(tenant, signal),
    refetchInterval: pollInterval,
    enabled,
  });
}

/** The clusters that a tenant can be onboarded to. */
export function useClusters() {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.clusters(),
    queryFn: ({ signal }) => api.listClusters(signal),
    staleTime: calmInterval,
  });
}
