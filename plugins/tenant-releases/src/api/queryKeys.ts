import type { CommitPair } from '../domain/commitPair';
import type { ReleaseKey, SourceEntryQuery, VersionSpan } from './TenantReleasesApi';

const root = 'tenant-releases';

/** The service, and where it is. */
const nameOf = ({ service, environment }: ReleaseKey) =>
  environment === undefined ? service : `${service} in ${environment}`;

/** Names of the answers in the cache. What is about one tenant has its name third. */
export const queryKeys = {
  releases: (service?: string) => [root, 'releases', undefined, service] as const,
  /** All services of one tenant. */
  tenant: (tenant: string) => [root, 'release', tenant] as const,
  resources: (key: ReleaseKey) => [root, 'release', key.tenant, nameOf(key), 'resources'] as const,
  diff: (key: ReleaseKey, { from, to }: CommitPair) =>
    [root, 'diff', key.tenant, nameOf(key), from, to] as const,
  release: (key: ReleaseKey) => [root, 'release', key.tenant, nameOf(key)] as const,
  history: (key: ReleaseKey) => [root, 'history', key.tenant, nameOf(key)] as const,
  panels: (key: ReleaseKey) => [root, 'panels', key.tenant, nameOf(key)] as const,
  panel: (key: ReleaseKey, panelId: string, range: string) =>
    [root, 'panel', key.tenant, nameOf(key), panelId, range] as const,
  logs: (key: ReleaseKey, query: object) => [root, 'logs', key.tenant, nameOf(key), query] as const,
  /** Where somebody was, by the key of the entry in the browser's history; of none: of all entries. */
  place: (entry?: string) =>
    entry === undefined ? ([root, 'place'] as const) : ([root, 'place', undefined, entry] as const),
  sources: () => [root, 'sources'] as const,
  sourceReports: () => [root, 'source-reports'] as const,
  sourceEntries: (query: SourceEntryQuery) => [root, 'source-entries', undefined, query] as const,
  service: (service: string) => [root, 'service', service] as const,
  serviceCommits: (service: string, { from, to }: VersionSpan) =>
    [root, 'service-commits', service, from, to] as const,
  versions: () => [root, 'versions'] as const,
  clusters: () => [root, 'clusters'] as const,
  pendingTenants: () => [root, 'pending'] as const,
  pendingTenant: (tenant: string) => [root, 'pending', tenant] as const,
  plannedFiles: (template: string, values: object) =>
    [root, 'planned-files', template, values] as const,
  freeName: ({ tenant, service }: ReleaseKey) => [root, 'free-name', tenant, service] as const,
};

/** Whether an answer is a fleet, and of which service; of every one when it names none. */
export function fleetOf(key: readonly unknown[]): { service?: string } | undefined {
  const [plugin, kind, , service] = key;
  if (plugin !== root || kind !== 'releases') return undefined;
  return { service: service === undefined ? undefined : String(service) };
}

/**
 * Whether a change makes an answer out of date, so that it has to be read again as a whole. A change of tenants leaves
 * their metrics and logs alone: these change anyway, at their own pace. Fleets are patched instead.
 *
 * @param changed - names of tenants; `all` when a source went away or came back
 */
export function isConcerned(
  key: readonly unknown[],
  changed: ReadonlySet<string> | 'all',
): boolean {
  const [plugin, kind, tenant] = key;
  if (plugin !== root) return false;
  if (changed === 'all') return true;
  if (kind === 'versions' || kind === 'service' || kind === 'source-reports') return true;
  return (kind === 'release' || kind === 'history') && changed.has(String(tenant));
}
