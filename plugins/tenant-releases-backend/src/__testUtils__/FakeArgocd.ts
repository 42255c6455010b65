import type { ServerResponse } from 'node:http';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';

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
  /** Namespace of the Application itself; default `argocd`. */
  appNamespace?: string;
  labels?: Record<string, string>;
  /** Default: the Application's name. */
  project?: string;
  /** Replaces parts of `spec` and `status`. */
  spec?: object;
  status?: object;
  /** Answers of syncwindows, and of the project. */
  windows?: object;
  projectWindows?: object[];
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
  /** Further items of each list, as they are. */
  listed: unknown[] = [];
  #version = 100;

  constructor() {
    super((url, request, response) => {
      if (url.pathname === '/api/version') return sendJson(response, 200, { Version: 'v3.2.11' });
      if (request.headers.authorization !== 'Bearer argocd-token') {
        return sendJson(response, 401, { error: 'no session information', code: 16 });
      }
      if (url.pathname === '/api/v1/applications') return sendJson(response, 200, this.#list());
      if (url.pathname === '/api/v1/stream/applications') return this.#stream(response);
      return this.#single(url, response);
    });
  }

  set(name: string, application: FakeApplication, version = this.#next()): void {
    const key = keyOf(name, application.appNamespace);
    const type = this.#applications.has(key) ? 'MODIFIED' : 'ADDED';
    this.#applications.set(key, { version, application });
    if (!this.dropsEvents) this.emit(type, name, application, version);
  }

  delete(name: string, appNamespace?: string): void {
    const key = keyOf(name, appNamespace);
    const known = this.#applications.get(key);
    this.#applications.delete(key);
    if (known && !this.dropsEvents) this.emit('DELETED', name, known.application, this.#next());
  }

  /** Sends an event, whatever the truth is. */
  emit(type: string, name: string, application: FakeApplication, version: number): void {
    this.send({ result: { type, application: whole(name, application, version) } });
  }

  /** Sends a line of the stream. */
  send(event: object): void {
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
    const items = [...this.#applications].map(([key, { application }]) => {
      const { metadata, spec, status } = whole(nameOf(key), application, 0);
      const { sync, health, summary, operationState } = status as Record<string, any>;
      const { phase, finishedAt, startedAt, operation } = operationState ?? {};
      return {
        metadata: { name: metadata.name, namespace: metadata.namespace, labels: metadata.labels },
        spec,
        status: {
          sync: { status: sync?.status },
          health,
          summary,
          ...(operationState
            ? { operationState: { phase, startedAt, finishedAt, operation } }
            : {}),
        },
      };
    });
    const all = [...items, ...this.listed];
    return {
      metadata: { resourceVersion: String(this.#version) },
      items: all.length ? all : null,
    };
  }

  #stream(response: ServerResponse): true {
    // The real server sends its headers with the first event.
    response.writeHead(200, { 'content-type': 'application/json' });
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    return true;
  }

  /** The real server looks in its own namespace when none is named, and tells nothing of what it does not find. */
  #single(url: URL, response: ServerResponse): boolean {
    const project = /^\/api\/v1\/projects\/([^/]+)$/.exec(url.pathname)?.[1];
    if (project !== undefined) return this.#project(project, response);
    const [name, ...rest] = url.pathname.replace('/api/v1/applications/', '').split('/');
    const namespace = url.searchParams.get('appNamespace') ?? undefined;
    const known = this.#applications.get(keyOf(name, namespace));
    const asked = url.searchParams.get('project');
    if (!known || (asked !== null && asked !== (known.application.project ?? name))) {
      const message = 'permission denied';
      return sendJson(response, 403, { error: message, code: 7, message });
    }
    const { tree = {}, managed = {}, windows = { canSync: true } } = known.application;
    if (rest[0] === 'resource-tree') return sendJson(response, 200, tree);
    if (rest[0] === 'managed-resources') return sendJson(response, 200, managed);
    if (rest[0] === 'syncwindows') return sendJson(response, 200, windows);
    if (rest[0] === 'revisions') {
      return sendJson(response, 200, {
        author: 'Ada <ada@example.com>',
        date: '2026-01-01T00:00:00Z',
        message: 'bump',
      });
    }
    return sendJson(response, 200, whole(name, known.application, known.version));
  }

  #project(name: string, response: ServerResponse): boolean {
    const windows = [...this.#applications.entries()].find(
      ([key, { application }]) =>
        application.projectWindows && (application.project ?? nameOf(key)) === name,
    )?.[1].application.projectWindows;
    if (windows) return sendJson(response, 200, { spec: { syncWindows: windows } });
    return sendJson(response, 403, { error: 'permission denied', code: 7 });
  }
}

function keyOf(name: string, namespace = 'argocd'): string {
  return `${namespace}/${name}`;
}

function nameOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function whole(name: string, application: FakeApplication, version: number) {
  const { revision = 'f'.repeat(40), operationRevision = revision } = application;
  return {
    metadata: {
      name,
      namespace: application.appNamespace ?? 'argocd',
      resourceVersion: String(version),
      labels: application.labels ?? {},
    },
    spec: {
      project: application.project ?? name,
      source: {
        repoURL: 'https://git.example.com/acme/platform.git',
        path: 'charts/tenant',
        targetRevision: 'main',
        helm: { valueFiles: [`/gitops/tenants/${name}-values.yaml`] },
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
      destination: {
        name: application.cluster ?? 'in-cluster',
        namespace: application.namespace ?? name,
      },
      ...application.spec,
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
      ...application.status,
    },
  };
}
