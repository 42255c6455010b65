import { mockServices } from '@backstage/backend-test-utils';
import type { KubernetesApi, PodEvent } from '../running/KubernetesClient';
import type { KubernetesPod } from '../running/podSchema';
import { PodWatch } from '../running/PodWatch';
import { RunningIndex } from '../running/RunningIndex';
import type { ArgocdApplication } from '../sync/applicationSchema';
import { ApplicationWatch } from '../sync/ApplicationWatch';
import type { ApplicationEvent, ArgocdApi } from '../sync/ArgocdClient';
import { SyncIndex } from '../sync/SyncIndex';
import type { ChangeHints } from '../upstream/ChangeHints';
import { ListWatch } from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { UpstreamError } from '@internal/gitops';
import type { FakeCollection, Stamp } from './FakeCollection';

/** Something that follows a {@link FakeCollection}. */
export interface WatchSubject {
  changes: ChangeHints;
  start(): void;
  stop(): Promise<void>;
  /** What it knows now. */
  known(): Array<[string, Stamp]>;
  state(): string;
}

/** Milliseconds between two lists of all subjects. */
export const relistMs = 60_000;
/** Keys of objects that the subjects are asked for. */
export const keys = ['a', 'b', 'c'];

const logger = mockServices.logger.mock();

/** A bare {@link ListWatch}. */
export function listWatch(upstream: FakeCollection): WatchSubject {
  const watch = new ListWatch({
    collection: upstream,
    monitor: new SourceMonitor({ id: 'fake', kind: 'argocd', name: 'fake', logger }),
    first: upstream.kind === 'argocd' ? 'watch' : 'list',
    relistMs,
  });
  return {
    changes: watch.changes,
    start: () => watch.start(),
    stop: () => watch.stop(),
    known: () => watch.store.entries(),
    state: () => watch.monitor.status().state,
  };
}

/** The index of Applications, which also reads details of single ones. */
export function syncIndex(upstream: FakeCollection): WatchSubject {
  const api: ArgocdApi = {
    probe: () => upstream.probe(),
    async list(signal) {
      const { version, items } = await upstream.list(signal);
      return {
        version: String(version),
        items: [...items].map(([key, stamp]) => toApplication(key, stamp)),
      };
    },
    async *watch(version, signal): AsyncGenerator<ApplicationEvent> {
      for await (const event of upstream.watch(Number(version), signal)) {
        const application = toApplication(event.key, event.value!, event.version);
        yield { type: event.type, application };
      }
    },
    async get({ name }) {
      const stamp = upstream.objects.get(name);
      await upstream.answerLate();
      if (!stamp) throw new UpstreamError('forbidden', 'answered 403');
      return toApplication(name, stamp, stamp.version);
    },
    revisionMetadata: async () => ({}),
    resourceTree: async () => ({}),
    managedResources: async () => ({}),
    syncWindows: async () => ({}),
    projectWindows: async () => ({ spec: {} }),
  };
  const gitops = { isGitops: () => true, tenantOfFile: () => undefined };
  const watch = new ApplicationWatch({ name: 'main', api, logger, relistMs, ...gitops });
  const index = new SyncIndex([watch]);
  return {
    changes: index.changes,
    start: () => index.start(),
    stop: () => index.stop(),
    known: () =>
      keys.flatMap(key =>
        index.named(key).flatMap(({ images }) => images.map(image => pair(key, image))),
      ),
    state: () => index.statuses()[0].state,
  };
}

/** The index of pods, one to a tenant. */
export function runningIndex(upstream: FakeCollection): WatchSubject {
  const api: KubernetesApi = {
    probe: () => upstream.probe(),
    async list(signal) {
      const { version, items } = await upstream.list(signal);
      return {
        version: String(version),
        items: [...items].map(([key, stamp]) => toPod(key, stamp)),
      };
    },
    async *watch(version, signal): AsyncGenerator<PodEvent> {
      for await (const event of upstream.watch(Number(version), signal)) {
        yield { type: event.type, pod: toPod(event.key, event.value!, event.version) };
      }
    },
  };
  const index = new RunningIndex([new PodWatch({ name: 'in-cluster', api, logger, relistMs })]);
  return {
    changes: index.changes,
    start: () => index.start(),
    stop: () => index.stop(),
    known: () =>
      keys.flatMap(key =>
        index
          .pods('in-cluster', { namespace: key, tenant: key, service: 'demo-api' })
          .flatMap(({ version }) => (version === undefined ? [] : [pair(key, version)])),
      ),
    state: () => index.statuses()[0].state,
  };
}

function tagOf({ epoch, version }: Stamp): string {
  return `${epoch}-${version}`;
}

function pair(key: string, text: string): [string, Stamp] {
  const [epoch, version] = text.replace('demo:', '').split('-').map(Number);
  return [key, { epoch, version }];
}

function toApplication(name: string, stamp: Stamp, version?: number): ArgocdApplication {
  return {
    metadata: { name, ...(version === undefined ? {} : { resourceVersion: String(version) }) },
    status: {
      // Out of sync without a revision: the index asks for details.
      sync: { status: 'OutOfSync' },
      summary: { images: [`demo:${tagOf(stamp)}`] },
    },
  };
}

function toPod(tenant: string, stamp: Stamp, version = stamp.version): KubernetesPod {
  return {
    metadata: {
      name: 'p',
      namespace: tenant,
      resourceVersion: String(version),
      creationTimestamp: '2026-01-01T00:00:00Z',
      deletionTimestamp: null,
      labels: { 'tenant-releases.io/tenant': tenant, 'tenant-releases.io/service': 'demo-api' },
    },
    spec: { containers: [{ name: 'demo-api', image: `demo:${tagOf(stamp)}` }] },
    status: { phase: 'Running', startTime: '2026-01-01T00:00:00Z' },
  } as KubernetesPod;
}
