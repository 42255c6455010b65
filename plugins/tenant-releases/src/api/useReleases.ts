import { useApi } from '@backstage/frontend-plugin-api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { type ReleaseKey, tenantReleasesApiRef } from './TenantReleasesApi';

/** Every release that the user may read, of one service or of all. */
export function useReleases(service?: string) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.releases(service),
    queryFn: ({ signal }) => api.listReleases({ service, signal }),
    refetchInterval: pollInterval,
  });
}

/** One release. */
export function useRelease(key: ReleaseKey) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.release(key),
    queryFn: ({ signal }) => api.getRelease(key, signal),
    refetchInterval: pollInterval,
  });
}

/** The upstreams, as the portal sees them now. */
export function useSources() {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.sources(),
    queryFn: ({ signal }) => api.listSources(signal),
    refetchInterval: pollInterval,
  });
}

/** A release's history, newest first, a page at a time. */
export function useHistory(key: ReleaseKey, pageSize = 10) {
  const api = useApi(tenantReleasesApiRef);
  return useInfiniteQuery({
    queryKey: queryKeys.history(key),
    queryFn: ({ pageParam, signal }) =>
      api.listHistory(key, { limit: pageSize, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor,
    refetchInterval: pollInterval,
  });
}

/** The versions that can be given to a tenant, newest first. */
export function useVersions() {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.versions(),
    queryFn: ({ signal }) => api.listVersions(signal),
  });
}
