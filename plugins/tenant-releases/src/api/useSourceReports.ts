import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { type SourceEntryQuery, tenantReleasesApiRef } from './TenantReleasesApi';

/**
 * The upstreams with what was read of each.
 *
 * @param enabled - whether the user may onboard tenants; nobody else is told
 */
export function useSourceReports(enabled: boolean) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.sourceReports(),
    queryFn: ({ signal }) => api.reportSources(signal),
    refetchInterval: pollInterval,
    enabled,
  });
}

/** What a source holds that no release is made of. While another search is answered, the last answer stays. */
export function useSourceEntries(query: SourceEntryQuery) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.sourceEntries(query),
    queryFn: ({ signal }) => api.listSourceEntries(query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 2 * pollInterval,
  });
}
