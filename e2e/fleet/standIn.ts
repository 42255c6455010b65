import type {
  Release,
  ServiceVersions,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createReleases } from './releases.ts';

/** How a stand-in answers `GET /releases`. */
export type Mood = 'well' | 'slow' | 'down' | 'forbidden' | 'stale';

/** What {@link startStandIn} gives. */
export interface StandIn {
  url: string;
  /** Bytes of the last first page, the one that is asked for with counts, compressed. */
  firstPageBytes(): number;
  setMood(mood: Mood): void;
  /** Changes a release and tells the listeners. */
  change(tenant: string, part: Partial<Release>): void;
  stop(): Promise<void>;
}

/** What somebody is told of a service who sees the releases alone. */
const ownVersions: ServiceVersions = {
  service: 'demo-api',
  shows: 'own',
  tenants: 0,
  readable: 0,
  withoutPods: 0,
  versions: [],
  windowSeconds: 300,
  sources: [],
};

/**
 * The API of tenant-releases over generated releases, as far as the lists need it: pages, fields, named tenants, counts
 * and events. It answers as fast as it can, so what is measured is the browser's part.
 */
export async function startStandIn(count: number, now = Date.now()): Promise<StandIn> {
  const releases = new Map(createReleases(count, now).map(release => [release.tenant, release]));
  const listeners = new Set<ServerResponse>();
  let firstPageBytes = 0;
  // Packing takes time on the machine that the browser is measured on.
  const answers = new Map<string, Buffer>();
  let mood: Mood = 'well';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const path = url.pathname.replace(/^\/api\/tenant-releases/, '');
    if (path === '/events') return listen(request, response, listeners);
    if (mood === 'slow') await new Promise(resolve => setTimeout(resolve, 60_000));
    if (path === '/sources') return send(response, 200, { items: sourcesOf(mood) });
    if (path === '/pending-tenants') {
      return send(response, 200, { items: [], source: sourcesOf(mood)[0] });
    }
    if (path === '/services/demo-api') return send(response, 200, ownVersions);
    if (path !== '/releases') return send(response, 404, problem('NotFoundError', 'not here'));
    if (mood === 'down')
      return send(
        response,
        503,
        problem('ServiceUnavailableError', 'Git has not answered yet, so nobody knows the tenants'),
      );
    if (mood === 'forbidden') return send(response, 403, problem('NotAllowedError', 'no'));
    const known = answers.get(url.search + mood);
    const body = known ?? pack(listOf([...releases.values()], url.searchParams, mood));
    answers.set(url.search + mood, body);
    if (url.searchParams.has('counts')) firstPageBytes = body.length;
    return sendPacked(response, 200, body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    firstPageBytes: () => firstPageBytes,
    setMood: next => (mood = next),
    change(tenant, part) {
      answers.clear();
      releases.set(tenant, { ...releases.get(tenant)!, ...part });
      for (const listener of listeners) {
        listener.write(`data: ${JSON.stringify({ type: 'changed', tenants: [tenant] })}\n\n`);
      }
    },
    stop: () => stop(server, listeners),
  };
}

function stop(server: Server, listeners: Set<ServerResponse>): Promise<void> {
  listeners.forEach(listener => listener.end());
  server.closeAllConnections();
  return new Promise(resolve => server.close(() => resolve()));
}

function listen(
  request: IncomingMessage,
  response: ServerResponse,
  listeners: Set<ServerResponse>,
) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
}

function listOf(all: Release[], query: URLSearchParams, mood: Mood) {
  const named = query.get('tenant')?.split(',');
  const states = query.get('state')?.split(',');
  const found = all.filter(
    ({ tenant, state }) =>
      (!named || named.includes(tenant)) && (!states || states.includes(state)),
  );
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 100);
  const fields = new Set(['tenant', 'service', ...(query.get('fields')?.split(',') ?? [])]);
  const items = found.slice(from, to).map(release => ({
    ...Object.fromEntries(Object.entries(release).filter(([name]) => fields.has(name))),
    ...(mood === 'stale' ? { staleSeconds: 190 } : {}),
  }));
  return {
    items,
    ...(to < found.length ? { nextCursor: String(to) } : {}),
    totalItems: found.length,
    ...(query.has('counts') ? { counts: countsOf(found) } : {}),
    sources: sourcesOf(mood),
  };
}

function countsOf(releases: Release[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of releases) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function sourcesOf(mood: Mood): SourceStatus[] {
  const source = (kind: SourceStatus['kind'], name: string): SourceStatus => ({
    id: `${kind}:${name}`,
    kind,
    name,
    state: 'ok',
    ageSeconds: 1,
  });
  const argocd = source('argocd', 'main');
  return [
    source('git', 'acme/platform'),
    mood === 'stale' ? { ...argocd, state: 'down', error: 'unreachable', ageSeconds: 190 } : argocd,
    source('kubernetes', 'in-cluster'),
  ];
}

const problem = (name: string, message: string) => ({ error: { name, message }, response: {} });

const pack = (body: object): Buffer => gzipSync(JSON.stringify(body), { level: 6 });

const send = (response: ServerResponse, status: number, body: object) =>
  sendPacked(response, status, pack(body));

function sendPacked(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'cache-control': 'private, no-cache',
  });
  response.end(body);
}
