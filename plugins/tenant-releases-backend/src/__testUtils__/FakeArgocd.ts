import type { ServerResponse } from 'node:http';
import { FakeServer, sendJson } from './FakeServer';

/** What a test says of an Application. */
export interface FakeApplication {
  revision?: string;
  sync?: string;
  health?: string;
  images?: string[];
  phase?: string;
  message?: string;
  operationRevision?: string;
  finishedAt?: string;
  namespace?: string;
  /** Name of the destination; default `in-cluster`. */
  cluster?: string;
  history?: Array<{ revision: string; deployedAt: string }>;
  /** Answers of resource-tree and managed-resources. */
  tree?: object;
  managed?: object;
}

/** Argo CD's list, watch stream and single answers, over Applications in memory. */
export class FakeArgocd extends FakeServer {
  readonly #applications = new Map<string, { version: number; application: FakeApplication }>();
  readonly #streams = new Set<ServerResponse>();
  /** Leaves events out of the stream, as the real server does when a subscriber is slow. */
  dropsEvents = false;
  #version = 100;

  constructor() {
    super((url, request, response) => {
      if (url.pathname === '/api/version') return sendJson(response, 200, { Version: 'v3.2.11' });
      if (request.headers.authorization !== 'Bearer argocd-token') {
        return sendJson(response, 401, { error: 'no session information', code: 16 });
      }
      if (url.pathname === '/api/v1/applications') return sendJson(response, 200, this.#list());
      if (url.pathname === '/api/v1/stream/applications') return this.#stream(response);
      return this.#single(url.pathname, response);
    });
  }

  set(name: string, application: FakeApplication, version = this.#next()): void {
    const type = this.#applications.has(name) ? 'MODIFIED' : 'ADDED';
    this.#applications.set(name, { version, application });
    if (!this.dropsEvents) this.emit(type, name, application, version);
  }

  delete(name: string): void {
    const known = this.#applications.get(name);
    this.#applications.delete(name);
    if (known && !this.dropsEvents) this.emit('DELETED', name, known.application, this.#next());
  }

  /** Sends an event, whatever the truth is. */
  emit(type: string, name: string, application: FakeApplication, version: number): void {
    const event = { result: { type, application: whole(name, application, version) } };
    this.#streams.forEach(stream => stream.write(`${JSON.stringify(event)}\n`));
  }

  /** Forgets everything and counts versions from the beginning, as a cluster that is set up anew. */
  reset(): void {
    this.#applications.clear();
    this.#version = 1;
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  #next(): number {
    this.#version += 1;
    return this.#version;
  }

  #list(): object {
    const items = [...this.#applications].map(([name, { application }]) => {
      const { metadata, spec, status } = whole(name, application, 0);
      const { phase, finishedAt, startedAt, operation } = status.operationState;
      return {
        metadata: { name: metadata.name, namespace: metadata.namespace },
        spec,
        status: {
          sync: { status: status.sync.status },
          health: status.health,
          summary: status.summary,
          operationState: { phase, startedAt, finishedAt, operation },
        },
      };
    });
    return {
      metadata: { resourceVersion: String(this.#version) },
      items: items.length ? items : null,
    };
  }

  #stream(response: ServerResponse): true {
    // The real server sends its headers with the first event.
    response.writeHead(200, { 'content-type': 'application/json' });
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    return true;
  }

  #single(path: string, response: ServerResponse): boolean {
    const [name, ...rest] = path.replace('/api/v1/applications/', '').split('/');
    const known = this.#applications.get(name);
    if (!known) {
      return sendJson(response, 403, {
        error: 'permission denied',
        code: 7,
        message: 'permission denied',
      });
    }
    const { tree = {}, managed = {} } = known.application;
    if (rest[0] === 'resource-tree') return sendJson(response, 200, tree);
    if (rest[0] === 'managed-resources') return sendJson(response, 200, managed);
    if (rest[0] === 'revisions') {
      return sendJson(response, 200, {
        author: 'Ada <ada@example.com>',
        date: '2026-01-01T00:00:00Z',
        message: 'bump',
      });
    }
    return sendJson(response, 200, whole(name, known.application, known.version));
  }
}

function whole(name: string, application: FakeApplication, version: number) {
  const { revision = 'f'.repeat(40), operationRevision = revision } = application;
  return {
    metadata: { name, namespace: 'argocd', resourceVersion: String(version), labels: {} },
    spec: {
      project: name,
      source: { repoURL: 'https://git.example.com/acme/platform.git', path: 'charts/tenant' },
      destination: {
        name: application.cluster ?? 'in-cluster',
        namespace: application.namespace ?? name,
      },
    },
    status: {
      sync: { status: application.sync ?? 'Synced', revision },
      health: { status: application.health ?? 'Healthy' },
      summary: { images: application.images ?? [] },
      operationState: {
        phase: application.phase ?? 'Succeeded',
        message: application.message ?? 'successfully synced (all tasks run)',
        startedAt: application.finishedAt ?? '2026-01-02T00:00:00Z',
        finishedAt: application.finishedAt ?? '2026-01-02T00:00:01Z',
        operation: { sync: { revision: operationRevision } },
        syncResult: { revision: operationRevision },
      },
      history: (application.history ?? []).map((deployment, id) => ({ id, ...deployment })),
    },
  };
}
