import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import {
  ListWatch,
  unreadableEvent,
  type WatchedCollection,
  type WatchEvent,
} from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import type { KubernetesApi, PodEvent } from './KubernetesClient';
import { defaultPodLabels, toPodRecord, type PodLabels, type PodRecord } from './PodRecord';
import { readPod, type ReadPod } from './podSchema';

/** What a {@link PodWatch} needs. */
export interface PodWatchOptions {
  /** Name of the cluster. */
  name: string;
  api: KubernetesApi;
  logger: LoggerService;
  labels?: PodLabels;
  /** Milliseconds between two lists; default 120,000. */
  relistMs?: number;
}

/** Where the pods of a release are. */
export interface PodPlace {
  namespace: string;
  tenant: string;
  service: string;
}

/** Reads pods by their labels, and counts those that are nobody's because they cannot be read. */
class PodReader {
  unnamed = 0;
  readonly #labels: PodLabels;

  constructor(labels: PodLabels) {
    this.#labels = labels;
  }

  list(items: readonly unknown[]): Map<string, PodRecord> {
    const records = new Map<string, PodRecord>();
    this.unnamed = 0;
    for (const item of items) {
      const read = readPod(item);
      const record = read && toPodRecord(read, this.#labels);
      if (read && record) records.set(keyOf(read), record);
      else if (!read || read.unreadable.some(field => field.startsWith('metadata.labels'))) {
        this.unnamed += 1;
      }
    }
    return records;
  }

  event({ type, pod }: PodEvent): WatchEvent<PodRecord> | typeof unreadableEvent {
    const read = readPod(pod);
    if (!read) return unreadableEvent;
    const value = toPodRecord(read, this.#labels);
    const version = toVersion(read.pod.metadata.resourceVersion);
    // A pod that has lost its labels is the tenant's no more; of a deletion only the key matters.
    if (!value || type === 'DELETED') return { type: 'DELETED', key: keyOf(read), version, value };
    return { type, key: keyOf(read), version, value };
  }
}

/** The tenants' pods in one cluster. */
export class PodWatch extends ListWatch<PodRecord> {
  readonly name: string;
  readonly #reader: PodReader;

  constructor(options: PodWatchOptions) {
    const { name, api, logger, labels = defaultPodLabels, relistMs = 120_000 } = options;
    const reader = new PodReader(labels);
    super({
      collection: collectionOf(api, reader),
      monitor: new SourceMonitor({ id: `kubernetes:${name}`, kind: 'kubernetes', name, logger }),
      first: 'list',
      relistMs,
    });
    this.name = name;
    this.#reader = reader;
  }

  /** Pods of a release. */
  ofRelease(place: PodPlace): PodRecord[] {
    return this.store.group(placeGroup(place));
  }

  /** Pods with a tenant's label, in whichever namespace. */
  ofTenant(tenant: string): PodRecord[] {
    return this.store.group(tenantGroup(tenant));
  }

  /** Objects of the last list of which nobody can tell whose they are. */
  leftOut(): LeftOut[] {
    const { unnamed } = this.#reader;
    if (unnamed === 0) return [];
    const reason = `${unnamed} of the listed pods have no name, namespace or labels that can be read.`;
    return [{ kind: 'pod', name: '(no name)', reason }];
  }
}

function placeGroup({ namespace, tenant, service }: PodPlace): string {
  return `${namespace}/${tenant}/${service}`;
}

function tenantGroup(tenant: string): string {
  return `tenant:${tenant}`;
}

function collectionOf(api: KubernetesApi, reader: PodReader): WatchedCollection<PodRecord> {
  return {
    probe: () => api.probe(),
    async list(signal) {
      const { version, items } = await api.list(signal);
      return { version: toVersion(version), items: reader.list(items) };
    },
    async *watch(version, signal) {
      for await (const event of api.watch(String(version), signal)) yield reader.event(event);
    },
    tenantsOf: (_, pod) => (pod ? [pod.tenant] : []),
    groupsOf: pod => [placeGroup(pod), tenantGroup(pod.tenant)],
  };
}

function keyOf({ pod: { metadata } }: ReadPod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function toVersion(resourceVersion: string | undefined): number | undefined {
  const version = Number(resourceVersion || NaN);
  return Number.isFinite(version) ? version : undefined;
}
