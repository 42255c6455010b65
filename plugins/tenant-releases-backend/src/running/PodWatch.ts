import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import { ListWatch, type WatchedCollection } from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { toVersion } from '../sync/RecordReader';
import type { KubernetesApi } from './KubernetesClient';
import { PodReader } from './PodReader';
import type { LabelSelector } from './labelSelector';
import { defaultPodLabels, type PodLabels, type PodRecord } from './PodRecord';

/** What a {@link PodWatch} needs. */
export interface PodWatchOptions {
  /** Name of the cluster. */
  name: string;
  api: KubernetesApi;
  logger: LoggerService;
  labels?: PodLabels;
  /** Selectors of layouts, instead of the labels. */
  selectors?: readonly LabelSelector[];
  /** Whether the labels count beside selectors. Default: only without them. */
  hasLabels?: boolean;
  /** Milliseconds between two lists; default 120,000. */
  relistMs?: number;
}

/** Where the pods of a release are. */
export interface PodPlace {
  namespace: string;
  tenant: string;
  service: string;
  /** The labels by which pods of another layout are found; see labelSets. Empty: they cannot be found by labels. */
  labels?: string;
}

/** Labels in a namespace, as they are told of pods that have changed. */
export function placedLabels(namespace: string, labels: string): string {
  return `${namespace}/${labels}`;
}

/** The tenants' pods in one cluster. */
export class PodWatch extends ListWatch<PodRecord> {
  readonly name: string;
  readonly #reader: PodReader;

  constructor(options: PodWatchOptions) {
    const { name, api, logger, labels = defaultPodLabels, relistMs = 120_000 } = options;
    const reader = new PodReader(labels, options.selectors, options.hasLabels);
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

function placeGroup({ namespace, tenant, service, labels }: PodPlace): string {
  return labels === undefined ? `${namespace}/${tenant}/${service}` : setGroup(namespace, labels);
}

function setGroup(namespace: string, labels: string): string {
  return `labels:${namespace}/${labels}`;
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
    tenantsOf: (_, pod) => [
      ...(pod?.sets?.map(labels => placedLabels(pod.namespace, labels)) ?? []),
      ...(pod?.tenant ? [pod.tenant] : []),
    ],
    groupsOf: pod => [
      ...(pod.sets?.map(labels => setGroup(pod.namespace, labels)) ?? []),
      ...(pod.tenant ? [placeGroup(pod), tenantGroup(pod.tenant)] : []),
    ],
  };
}
