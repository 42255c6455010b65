import type { Entity } from '@backstage/catalog-model';
import type {
  HistoryEntry,
  LogLine,
  PanelData,
  Release,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { FleetPage, FleetRow } from '../domain/fleet';

/** The time that tests are told: milliseconds since 1970. */
export const now = Date.parse('2026-11-23T12:00:00Z');

/** A time before {@link now}. @param seconds - how long before */
export const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

/** A release in sync, two hours old. */
export function createRelease(part: Partial<Release> = {}): Release {
  return {
    tenant: 'tenant-a',
    service: 'demo-api',
    displayName: 'Acme Corp',
    tier: 'standard',
    ring: 1,
    owner: 'group:default/tenant-a-owners',
    cluster: 'in-cluster',
    namespace: 'tenant-a',
    desired: {
      version: 'sha-1a2b3c4',
      commit: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
      author: 'Ada',
      committedAt: ago(7_300),
      firstSeen: ago(7_300),
      pullRequest: {
        number: 142,
        url: 'https://git.test/acme/platform/pull/142',
        title: 'bump demo-api',
        mergedAt: ago(7_231),
        mergedBy: 'Ada',
      },
    },
    synced: {
      version: 'sha-1a2b3c4',
      revision: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
      status: 'Synced',
      at: ago(7_227),
    },
    health: { status: 'Healthy' },
    running: [
      {
        version: 'sha-1a2b3c4',
        pods: 3,
        ready: 3,
        since: ago(7_200),
        firstSeen: ago(7_300),
      },
    ],
    state: 'in-sync',
    delivery: part.state ?? 'in-sync',
    serving: { status: 'serving', errorRatio: 0.002, objective: 0.05 },
    reasons: [],
    links: {
      grafana: 'https://grafana.test/d/tenant-release?orgId=1',
      argocd: 'https://argocd.test/applications/tenant-a',
      values: 'https://git.test/acme/platform/blob/main/gitops/tenants/tenant-a-values.yaml',
    },
    ...part,
  };
}

/** A source that is ok. */
export function createSource(part: Partial<SourceStatus> = {}): SourceStatus {
  const kind = part.kind ?? 'argocd';
  return { id: `${kind}:main`, kind, name: 'main', state: 'ok', ageSeconds: 1, ...part };
}

/** A release as a list answers it. */
export function createRow(part: Partial<FleetRow> = {}): FleetRow {
  const { namespace, health, links, ...row } = createRelease(part);
  return row;
}

/** What `GET /releases` answers. */
export function createList(items: FleetRow[], sources: SourceStatus[] = []): FleetPage {
  return { items, totalItems: items.length, sources };
}

/** One row of a history. */
export function createEntry(part: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    version: 'sha-1a2b3c4',
    commit: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
    author: 'Ada',
    message: 'bump demo-api to sha-1a2b3c4',
    committedAt: ago(7_231),
    syncedAt: ago(7_227),
    runningAt: ago(7_200),
    kind: 'release',
    ...part,
  };
}

/** A panel with three points of one series, the last one 15 s ago, and a value of now. */
export function createPanel(part: Partial<PanelData> = {}): PanelData {
  const end = now / 1000;
  return {
    panelId: 'request-rate',
    unit: 'requests/s',
    start: end - 3600,
    end,
    step: 15,
    series: [
      {
        name: 'requests',
        labels: {},
        points: [
          [end - 45, 2.5],
          [end - 30, 3],
          [end - 15, 3.2],
        ],
      },
    ],
    now: {
      at: end - 15,
      windowSeconds: 60,
      scrapeSeconds: 15,
      values: [{ name: 'requests', labels: {}, value: 3.2 }],
    },
    markers: [],
    source: createSource({ kind: 'prometheus' }),
    ...part,
  };
}

/** A log line. */
export function createLine(part: Partial<LogLine> = {}): LogLine {
  return {
    time: '2026-11-23T11:59:58.123456789Z',
    level: 'info',
    message: 'GET /work 200',
    labels: { pod: 'demo-api-1', version: 'sha-1a2b3c4' },
    ...part,
  };
}

/** A tenant's entity. */
export function createTenantEntity(annotations: Record<string, string> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'tenant-a',
      annotations: {
        'tenant-releases.io/tenant': 'tenant-a',
        'tenant-releases.io/services': 'demo-api',
        ...annotations,
      },
    },
    spec: { type: 'tenant', owner: 'group:default/tenant-a-owners' },
  };
}
