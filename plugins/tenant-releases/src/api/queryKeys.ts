import type { ReleaseKey } from './TenantReleasesApi';

const root = 'tenant-releases';

/** Names of the answers in the cache. What is about one tenant has its name third. */
export const queryKeys = {
  releases: (service?: string) => [root, 'releases', undefined, service] as const,
  release: ({ tenant, service }: ReleaseKey) => [root, 'release', tenant, service] as const,
  history: ({ tenant, service }: ReleaseKey) => [root, 'history', tenant, service] as const,
  panels: ({ tenant, service }: ReleaseKey) => [root, 'panels', tenant, service] as const,
  panel: ({ tenant, service }: ReleaseKey, panelId: string, range: string) =>
    [root, 'panel', tenant, service, panelId, range] as const,
  logs: ({ tenant, service }: ReleaseKey, query: object) =>
    [root, 'logs', tenant, service, query] as const,
  sources: () => [root, 'sources'] as const,
  versions: () => [root, 'versions'] as const,
  freeName: ({ tenant, service }: ReleaseKey) => [root, 'free-name', tenant, service] as const,
};

/** Whether a change of these tenants makes an answer out of date. Metrics and logs change anyway, at their own pace. */
export function isQueryOfTenant(key: readonly unknown[], tenants: ReadonlySet<string>): boolean {
  const [plugin, kind, tenant] = key;
  if (plugin !== root) return false;
  if (kind === 'releases' || kind === 'versions') return true;
  return (kind === 'release' || kind === 'history') && tenants.has(String(tenant));
}
