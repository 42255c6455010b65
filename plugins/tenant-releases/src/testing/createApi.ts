import type { TenantReleasesApi } from '../api/TenantReleasesApi';
import { createDiff, createResources } from './detailFixtures';
import { createReport } from './sourceFixtures';
import { createServiceCommits, createServiceVersions } from './serviceFixtures';
import {
  createEntry,
  createLine,
  createList,
  createPanel,
  createRelease,
  createSource,
} from './fixtures';

/** A backend where all is well, apart from what a test says. Its event stream stands until it is closed. */
export function createApi(part: Partial<TenantReleasesApi> = {}): jest.Mocked<TenantReleasesApi> {
  const api: TenantReleasesApi = {
    listReleases: async () => createList([createRelease()]),
    getRelease: async key => createRelease(key),
    listHistory: async () => ({ items: [createEntry()], sources: [] }),
    getDiff: async (_, commits) => createDiff(commits),
    listResources: async () => createResources(),
    listPanels: async () => ({
      items: [
        { id: 'request-rate', title: 'Requests', unit: 'requests/s', kind: 'line' },
        { id: 'error-ratio', title: 'Errors', unit: 'ratio', kind: 'area' },
      ],
    }),
    getPanel: async (_, panelId) =>
      createPanel({ panelId, unit: panelId === 'error-ratio' ? 'ratio' : 'requests/s' }),
    listLogs: async () => ({
      lines: [createLine()],
      truncated: false,
      source: createSource({ kind: 'loki' }),
    }),
    listSources: async () => [createSource()],
    reportSources: async () => [createReport()],
    listSourceEntries: async () => ({ items: [], matchCount: 0, totalCount: 0 }),
    getServiceVersions: async service => createServiceVersions({ service }),
    listServiceCommits: async (service, span) => createServiceCommits({ service, ...span }),
    listVersions: async () => [
      { version: 'sha-1a2b3c4', tenants: 2, healthy: 2, ready: 2 },
      { version: 'sha-0000001', tenants: 0, healthy: 0, ready: 0 },
    ],
    listClusters: async () => [{ name: 'in-cluster', tenants: 2 }],
    listPendingTenants: async () => ({ items: [], source: createSource() }),
    getPendingTenant: async () => ({ source: createSource() }),
    readEvents: (_, { signal, onOpen }) =>
      new Promise(resolve => {
        onOpen?.();
        signal.addEventListener('abort', () => resolve());
      }),
    ...part,
  };
  return Object.fromEntries(
    Object.entries(api).map(([name, method]) => [name, jest.fn(method)]),
  ) as unknown as jest.Mocked<TenantReleasesApi>;
}
