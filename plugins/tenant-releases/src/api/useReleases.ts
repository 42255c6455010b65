import { useApi } from '@backstage/frontend-plugin-api';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Fleet } from '../domain/fleet';
import { fleetPatchesOf } from './FleetPatches';
import { loadFleet } from './loadFleet';
import { useLiveliness } from './liveliness';
import { calmInterval, fleetInterval, pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { type ReleaseKey, tenantReleasesApiRef } from './TenantReleasesApi';

/**
 * Every release that the user may read, of one service or of all: the first ones at once, the others as they come. Each
 * change is patched in as soon as the portal is told of it; the whole is read again now and then.
 */
export function useFleet(service?: string) {
  const api = useApi(tenantReleasesApiRef);
  const client = useQueryClient();
  const liveliness = useLiveliness();
  const queryKey = queryKeys.releases(service);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      loadFleet({
        api,
        service,
        signal,
        known: client.getQueryData<Fleet>(queryKey),
        patches: fleetPatchesOf(client),
        onPart: fleet => client.setQueryData(queryKey, fleet),
      }),
    // Rows are compared one by one as they come; comparing thousands again in one go would hold up the page.
    structuralSharing: false,
    refetchInterval: ({ state: { data } }) => fleetInterval(data?.totalItems ?? 0, liveliness),
  });
}

/** The releases of one tenant. */
export function useTenantReleases(tenant: string) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.tenant(tenant),
    queryFn: ({ signal }) => api.listReleases({ tenants: [tenant], signal }),
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

/** What a release is made of in the cluster. It is read again when the tenant changes, and now and then. */
export function useResources(key: ReleaseKey) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.resources(key),
    queryFn: ({ signal }) => api.listResources(key, signal),
    refetchInterval: 3 * pollInterval,
  });
}

/** The upstreams, as the portal sees them now. */
export function useSources() {
  const api = useApi(tenantReleasesApiRef);
  const liveliness = useLiveliness();
  return useQuery({
    queryKey: queryKeys.sources(),
    queryFn: ({ signal }) => api.listSources(signal),
    refetchInterval: ({ state: { data } }) => {
      const isCalm = liveliness === 'live' && data?.every(({ state }) => state === 'ok');
      return isCalm ? calmInterval : pollInterval;
    },
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
