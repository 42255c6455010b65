import { useApi } from '@backstage/frontend-plugin-api';
import type { PanelData, SourceStatus } from '@internal/plugin-tenant-releases-common';
import {
  keepPreviousData,
  queryOptions,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { dataBegin, fittingRange } from '../domain/dataBegin';
import { type TimeRange, timeSpan } from '../domain/timeRange';
import { panelInterval, pollInterval } from './queryClient';
import { queryKeys } from './queryKeys';
import { serverNow } from './serverClock';
import {
  type LogQuery,
  type ReleaseKey,
  type TenantReleasesApi,
  tenantReleasesApiRef,
} from './TenantReleasesApi';

/** Which panels there are. They follow from the configuration, so they are read once a visit. */
export function usePanels(key: ReleaseKey) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    queryKey: queryKeys.panels(key),
    queryFn: ({ signal }) => api.listPanels(key, signal),
    staleTime: 60_000,
  });
}

function panelQuery(api: TenantReleasesApi, key: ReleaseKey, panelId: string, range: TimeRange) {
  return queryOptions({
    queryKey: queryKeys.panel(key, panelId, range.id),
    queryFn: ({ signal }) =>
      api.getPanel(key, panelId, { ...timeSpan(range, serverNow()), step: range.step }, signal),
  });
}

/**
 * One panel over a range that ends now, and moves on. While another range loads, the one before stays
 * (`isPlaceholderData`): have the component mounted anew for another release.
 */
export function usePanel(key: ReleaseKey, panelId: string, range: TimeRange) {
  const api = useApi(tenantReleasesApiRef);
  return useQuery({
    ...panelQuery(api, key, panelId, range),
    refetchInterval: panelInterval,
    placeholderData: keepPreviousData,
  });
}

/** What all panels of a release have in common. */
export interface PanelsTogether {
  /** None of them could be read, for this one reason. */
  error?: Error;
  /** All of them show what is last known, since this source is away. */
  source?: SourceStatus;
  /** When the oldest that is shown was read, in milliseconds by the browser's clock; absent when none is. */
  updatedAt?: number;
  /** Where their time axis begins instead of the range, in unix seconds: see {@link dataBegin}. */
  begin?: number;
  /** The same where the range is one that {@link fittingRange} gave. */
  fittedBegin?: number;
  /** The range that fits what there is of the chosen one: the name of a {@link TimeRange}. */
  fitting: string;
}

/** The first of a list if all others say the same. */
function common<T>(list: readonly (T | null | undefined)[], says: (item: T) => string) {
  const [first] = list;
  const isCommon = first && list.every(item => item && says(item) === says(first));
  return isCommon ? first : undefined;
}

function together(
  results: readonly Pick<UseQueryResult<PanelData>, 'data' | 'error' | 'dataUpdatedAt'>[],
  range: TimeRange,
): PanelsTogether {
  const read = results.filter(({ data }) => data !== undefined);
  const panels = read.flatMap(({ data }) => data ?? []);
  const sources = results.map(({ data }) => data?.source);
  return {
    error: common(
      results.map(({ error }) => error),
      ({ name, message }) => `${name} ${message}`,
    ),
    source: common(
      sources.map(source => (source?.state === 'ok' ? undefined : source)),
      ({ id, error, currentAt = '' }) => `${id} ${error} ${currentAt}`,
    ),
    updatedAt:
      read.length > 0 ? Math.min(...read.map(({ dataUpdatedAt }) => dataUpdatedAt)) : undefined,
    begin: dataBegin(panels),
    fittedBegin: dataBegin(panels, true),
    fitting: fittingRange(range, panels).id,
  };
}

/**
 * What the panels of a release have in common, and how to read all again. By itself it reads them now and then:
 * {@link usePanel} does what somebody looks at.
 */
export function usePanelsTogether(key: ReleaseKey, panelIds: readonly string[], range: TimeRange) {
  const api = useApi(tenantReleasesApiRef);
  const client = useQueryClient();
  const queries = panelIds.map(id => panelQuery(api, key, id, range));
  const found = useQueries({
    queries: queries.map(query => ({ ...query, refetchInterval: 60_000 })),
    combine: results => together(results, range),
  });
  const retry = () =>
    Promise.all(queries.map(({ queryKey }) => client.refetchQueries({ queryKey, exact: true })));
  return { ...found, retry };
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
      const end = Math.ceil(serverNow() / 1000);
      return api.listLogs(key, { ...query, start: end - range.seconds, end }, signal);
    },
    refetchInterval: live ? pollInterval : false,
    placeholderData: keepPreviousData,
  });
}
