import type { ServerResponse } from 'node:http';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';

/** What a test says of a pod. */
export interface FakePod {
  tenant: string;
  version: string;
  ready?: boolean;
  waiting?: string;
  namespace?: string;
  deleting?: boolean;
  readySince?: string;
  /** Replaces the containers. */
  containers?: object[];
  labels?: Record<string, string>;
  /** Replaces parts of `metadata` and `status`. */
  metadata?: object;
  status?: object;
}

/** The list and the watch of pods, over pods in memory. */
export class FakeKubernetes extends FakeServer {
  readonly #pods = new Map<string, { version: number; pod: FakePod }>();
  readonly #watches = new Set<ServerResponse>();
  /** Leaves events out of the watch. */
  dropsEvents = false;
  #version = 100;

  constructor() {
    super((url, request, response) => {
      if (url.pathname === '/version') return sendJson(response, 200, { gitVersion: 'v1.36.4' });
      if (request.headers.authorization !== 'Bearer kubernetes-token') {
        return sendJson(response, 401, { kind: 'Status', status: 'Failure', code: 401 });
      }
      if (url.pathname !== '/api/v1/pods') return false;
      if (url.searchParams.get('watch') === 'true') return this.#watch(response);
      const items = [...this.#pods].map(([name, { pod, version }]) => toApi(name, pod, version));
      return sendJson(response, 200, {
        kind: 'PodList',
        metadata: { resourceVersion: String(this.#version) },
        items,
      });
    });
  }

  set(name: string, pod: FakePod): void {
    const type = this.#pods.has(name) ? 'MODIFIED' : 'ADDED';
    this.#version += 1;
    this.#pods.set(name, { version: this.#version, pod });
    if (!this.dropsEvents) this.send({ type, object: toApi(name, pod, this.#version) });
  }

  delete(name: string): void {
    const known = this.#pods.get(name);
    this.#pods.delete(name);
    this.#version += 1;
    if (known && !this.dropsEvents) {
      this.send({ type: 'DELETED', object: toApi(name, known.pod, this.#version) });
    }
  }

  /** Sends an event, whatever the truth is. */
  send(event: object): void {
    this.#watches.forEach(watch => watch.write(`${JSON.stringify(event)}\n`));
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  #watch(response: ServerResponse): true {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.#watches.add(response);
    response.on('close', () => this.#watches.delete(response));
    return true;
  }
}

function toApi(name: string, pod: FakePod, version: number): object {
  const { tenant, ready = true, namespace = tenant } = pod;
  const time = '2026-01-02T00:00:05Z';
  return {
    metadata: {
      name,
      namespace,
      resourceVersion: String(version),
      creationTimestamp: time,
      ...(pod.deleting ? { deletionTimestamp: time } : {}),
      labels: pod.labels ?? {
        'tenant-releases.io/tenant': tenant,
        'tenant-releases.io/service': 'demo-api',
      },
      ...pod.metadata,
    },
    spec: {
      containers: pod.containers ?? [
        { name: 'demo-api', image: `ghcr.io/acme/demo-api:${pod.version}` },
      ],
    },
    status: {
      phase: ready ? 'Running' : 'Pending',
      startTime: time,
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: pod.readySince ?? '2026-01-02T00:00:09Z',
        },
      ],
      containerStatuses: [
        {
          name: 'demo-api',
          ready,
          state: pod.waiting
            ? { waiting: { reason: pod.waiting } }
            : { running: { startedAt: time } },
        },
      ],
      ...pod.status,
    },
  };
}
