import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { tenantReleasesApiRef, type VersionSpan } from './TenantReleasesApi';

/** The versions of a service over the tenants that the user may count; who may count more is told of no change by the others. */
export function useServiceVersions(service: string) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.service(service),
    queryFn: ({ signal }) => api.getServiceVersions(service, signal),
    refetchInterval: 3 * pollInterval,
  });
}

/** The commits that one version of a service has and another has not. */
export function useServiceCommits(service: string, span: VersionSpan) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.serviceCommits(service, span),
    queryFn: ({ signal }) => api.listServiceCommits(service, span, signal),
    staleTime: 60_000,
  });
}
