import type { ReleaseDiff } from '@internal/plugin-tenant-releases-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { CommitPair } from '../domain/commitPair';
import { queryKeys } from './queryKeys';
import { type ReleaseKey, tenantReleasesApiRef } from './TenantReleasesApi';

/** Rendering ends within seconds; asking more often brings nothing. */
const shortestInterval = 500;

/** Milliseconds until it is worth asking again; `false` once the charts are rendered, or cannot be. */
function untilRendered(diff: ReleaseDiff | undefined): number | false {
  const manifests = diff?.manifests;
  if (!manifests || !('pending' in manifests)) return false;
  return Math.max(shortestInterval, manifests.retrySeconds * 1_000);
}

/** What differs between two releases: commits do not change, so neither does the answer once it is whole. */
export function useDiff(key: ReleaseKey, commits: CommitPair) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.diff(key, commits),
    queryFn: ({ signal }) => api.getDiff(key, commits, signal),
    staleTime: ({ state: { data } }) =>
      data && 'objects' in data.manifests ? Number.POSITIVE_INFINITY : 0,
    refetchInterval: ({ state: { data } }) => untilRendered(data),
  });
}
