import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type TimeRange, timeSpan } from '../domain/timeRange';
import { panelInterval, pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { type LogQuery, type ReleaseKey, tenantReleasesApiRef } from './TenantReleasesApi';

/** Which panels there are. They follow from the configuration, so they are read once a visit. */
export function usePanels(key: ReleaseKey) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.panels(key),
    queryFn: ({ signal }) => api.listPanels(key, signal),
    staleTime: 60_000,
  });
}

/**
 * One panel over a range that ends now, and moves on. While another range loads, the one before stays
 * (`isPlaceholderData`): have the component mounted anew for another release.
 */
export function usePanel(key: ReleaseKey, panelId: string, range: TimeRange) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.panel(key, panelId, range.id),
    queryFn: ({ signal }) =>
      api.getPanel(key, panelId, { ...timeSpan(range, Date.now()), step: range.step }, signal),
    refetchInterval: panelInterval,
    placeholderData: keepPreviousData,
  });
}

/** What log lines are asked for, over a range that ends now. */
export interface LogView extends Omit<LogQuery, 'start' | 'end'> {
  range: TimeRange;
  /** Whether newer lines are looked for by themselves. */
  live: boolean;
}

/**
 * The newest log lines. While others load, the ones before stay (`isPlaceholderData`): have the component mounted
 * anew for another release.
 */
export function useLogs(key: ReleaseKey, { range, live, ...query }: LogView) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.logs(key, { ...query, range: range.id }),
    queryFn: ({ signal }) => {
      const end = Math.ceil(Date.now() / 1000);
      return api.listLogs(key, { ...query, start: end - range.seconds, end }, signal);
    },
    refetchInterval: live ? pollInterval : false,
    placeholderData: keepPreviousData,
  });
}
