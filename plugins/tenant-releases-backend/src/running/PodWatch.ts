import type { LoggerService } from '@backstage/backend-plugin-api';
import { ListWatch, type WatchedCollection, type WatchEvent } from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import type { KubernetesApi } from './KubernetesClient';
import { toPodRecord, type PodRecord } from './PodRecord';
import type { KubernetesPod } from './podSchema';

/** What a {@link PodWatch} needs. */
export interface PodWatchOptions {
  /** Name of the cluster. */
  name: string;
  api: KubernetesApi;
  logger: LoggerService;
  /** Milliseconds between two lists; default 120,000. */
  relistMs?: number;
}

/** The tenants' pods in one cluster. */
export class PodWatch extends ListWatch<PodRecord> {
  readonly name: string;

  constructor({ name, api, logger, relistMs = 120_000 }: PodWatchOptions) {
    super({
      collection: collectionOf(api),
      monitor: new SourceMonitor({ id: `kubernetes:${name}`, kind: 'kubernetes', name, logger }),
      first: 'list',
      relistMs,
    });
    this.name = name;
  }
}

function collectionOf(api: KubernetesApi): WatchedCollection<PodRecord> {
  return {
    probe: () => api.probe(),
    async list(signal) {
      const { version, items } = await api.list(signal);
      const entries = items.flatMap(pod => entryOf(pod) ?? []);
      return {
        version: toVersion(version),
        items: new Map(entries.map(({ key, value }) => [key, value])),
      };
    },
    async *watch(version, signal): AsyncGenerator<WatchEvent<PodRecord>> {
      for await (const { type, pod } of api.watch(String(version), signal)) {
        const entry = entryOf(pod);
        if (entry) yield { type, version: toVersion(pod.metadata.resourceVersion), ...entry };
      }
    },
    tenantsOf: (_, pod) => (pod ? [pod.tenant] : []),
  };
}

function entryOf(pod: KubernetesPod): { key: string; value: PodRecord } | undefined {
  const value = toPodRecord(pod);
  return value && { key: `${pod.metadata.namespace}/${value.name}`, value };
}

function toVersion(resourceVersion: string | undefined): number | undefined {
  const version = Number(resourceVersion || NaN);
  return Number.isFinite(version) ? version : undefined;
}
