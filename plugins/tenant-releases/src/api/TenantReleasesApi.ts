import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ChangedEvent,
  HistoryList,
  KnownCluster,
  KnownVersion,
  LogLevel,
  LogList,
  PanelData,
  PanelList,
  PendingTenantAnswer,
  PendingTenantList,
  Release,
  ReleaseDiff,
  ReleaseResources,
  ReleaseState,
  ServiceCommits,
  ServiceVersions,
  SourceEntryList,
  SourceListName,
  SourceReport,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { CommitPair } from '../domain/commitPair';
import type { FleetPage } from '../domain/fleet';

/** One service of one tenant; of several environments the first, when none is named. */
export interface ReleaseKey {
  tenant: string;
  service: string;
  environment?: string;
}

/** A span of time in whole seconds since 1970. */
export interface Span {
  start: number;
  end: number;
}

/** Which releases, and which page of them. */
export interface ReleaseQuery {
  service?: string;
  /** Only of these; at most {@link maxNamedTenants}. */
  tenants?: readonly string[];
  /** Only those in one of these states. */
  states?: readonly ReleaseState[];
  /** How many releases at most, 1 to 1,000. */
  limit?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Whether to count the releases in each state. */
  counts?: boolean;
  signal?: AbortSignal;
}

/** As many tenants as one request may name. */
export const maxNamedTenants = 50;

/** Which log lines; the newest first. */
export interface LogQuery extends Span {
  level?: Exclude<LogLevel, 'unknown'>;
  /** Text that a line contains. */
  text?: string;
  version?: string;
  /** How many lines at most. */
  limit: number;
}

/** Which entries of a source; see `GET /sources/entries`. */
export interface SourceEntryQuery {
  /** Its id. */
  source: string;
  list: SourceListName;
  /** Text that an entry holds. */
  text: string;
  /** How many at most, 1 to 1,000. */
  limit: number;
}

/** Two versions of a service, the older one first. */
export interface VersionSpan {
  from: string;
  to: string;
}

/**
 * The plugin's backend. Every call rejects with a `ResponseError` when the backend refuses, a `TypeError` when
 * it cannot be reached, and an `UnreadableAnswerError` when its answer has another shape than agreed.
 */
export interface TenantReleasesApi {
  /** One page of the releases that the user may read, ordered by tenant and service. */
  listReleases(query?: ReleaseQuery): Promise<FleetPage>;
  getRelease(key: ReleaseKey, signal?: AbortSignal): Promise<Release>;
  /** @param cursor - `nextCursor` of the page before */
  listHistory(
    key: ReleaseKey,
    options?: { limit?: number; cursor?: string; signal?: AbortSignal },
  ): Promise<HistoryList>;
  /**
   * What differs between two releases.
   *
   * @param commits - of the release's history, 40 hex digits each
   */
  getDiff(key: ReleaseKey, commits: CommitPair, signal?: AbortSignal): Promise<ReleaseDiff>;
  /** What a release is made of in the cluster, with health and drift. */
  listResources(key: ReleaseKey, signal?: AbortSignal): Promise<ReleaseResources>;
  listPanels(key: ReleaseKey, signal?: AbortSignal): Promise<PanelList>;
  getPanel(
    key: ReleaseKey,
    panelId: string,
    span: Span & { step: number },
    signal?: AbortSignal,
  ): Promise<PanelData>;
  listLogs(key: ReleaseKey, query: LogQuery, signal?: AbortSignal): Promise<LogList>;
  listSources(signal?: AbortSignal): Promise<SourceStatus[]>;
  /** The upstreams with what was read of each. Only for who may onboard. */
  reportSources(signal?: AbortSignal): Promise<SourceReport[]>;
  /** What a source holds that no release is made of. Only for who may onboard. */
  listSourceEntries(query: SourceEntryQuery, signal?: AbortSignal): Promise<SourceEntryList>;
  /** How many tenants run which version of a service, as far as the user may know. */
  getServiceVersions(service: string, signal?: AbortSignal): Promise<ServiceVersions>;
  /** The commits that `to` has and `from` has not. */
  listServiceCommits(
    service: string,
    span: VersionSpan,
    signal?: AbortSignal,
  ): Promise<ServiceCommits>;
  /** Newest first. */
  listVersions(signal?: AbortSignal): Promise<KnownVersion[]>;
  /** The most used first. Only for who may onboard. */
  listClusters(signal?: AbortSignal): Promise<KnownCluster[]>;
  /** Onboardings that are under way. Only for who may onboard. */
  listPendingTenants(signal?: AbortSignal): Promise<PendingTenantList>;
  /** The onboarding of one tenant, also when it has ended. Only for who may onboard. */
  getPendingTenant(tenant: string, signal?: AbortSignal): Promise<PendingTenantAnswer>;
  /**
   * Reads hints until the stream or the signal ends.
   *
   * @param onOpen - called once the stream stands
   */
  readEvents(
    onEvent: (event: ChangedEvent) => void,
    options: { signal: AbortSignal; onOpen?: () => void },
  ): Promise<void>;
}

/** {@link TenantReleasesApi} of this app. */
export const tenantReleasesApiRef = createApiRef<TenantReleasesApi>().with({
  id: 'plugin.tenant-releases.client',
  pluginId: 'tenant-releases',
});
