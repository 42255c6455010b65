import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { HttpKubernetesClient } from './httpKubernetesClient';
import { KubernetesError } from './kubernetesClient';
import { applicationType, eventType } from './resourceTypes';
import { WatchEvent } from './types';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

describe('HttpKubernetesClient', () => {
  let server: Server;
  let client: HttpKubernetesClient;
  let handle: Handler;
  const seen: string[] = [];
  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''}`);
        handle(request, response, Buffer.concat(chunks).toString());
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new HttpKubernetesClient({ url: `http://127.0.0.1:${port}`, token: 'secret' });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  beforeEach(() => seen.splice(0));

  it('lists, giving items the kind that lists leave out', async () => {
    handle = (request, response) => {
      const known = request.headers.authorization === 'Bearer secret';
      const items = [{ metadata: { name: 'tenant-a', namespace: 'argocd' } }];
      json(response, known ? 200 : 401, { metadata: { resourceVersion: '7' }, items });
    };
    expect(await client.list(applicationType)).toEqual({
      resourceVersion: '7',
      items: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'tenant-a', namespace: 'argocd' },
        },
      ],
    });
    expect(seen).toEqual(['GET /apis/argoproj.io/v1alpha1/applications ']);
  });

  it('patches and deletes by encoded names', async () => {
    handle = (_request, response, body) => {
      const metadata = { name: 'a b', namespace: 'n' };
      json(response, 200, { apiVersion: 'v1', kind: 'Event', metadata, sent: body });
    };
    const patched = await client.mergePatch(eventType, 'n', 'a b', { spec: { x: null } });
    expect(patched.sent).toBe('{"spec":{"x":null}}');
    await client.delete(eventType, 'n', '../x', 'Foreground');
    expect(seen).toEqual([
      'PATCH /api/v1/namespaces/n/events/a%20b application/merge-patch+json',
      'DELETE /api/v1/namespaces/n/events/..%2Fx application/json',
    ]);
  });

  it('says what the server refuses, and takes a deletion of nothing as done', async () => {
    handle = (_request, response) =>
      json(response, 404, { kind: 'Status', reason: 'NotFound', message: 'events "x" not found' });
    const refused = await client.mergePatch(eventType, 'n', 'x', {}).catch(error => error);
    expect(refused).toBeInstanceOf(KubernetesError);
    expect(refused).toMatchObject({ status: 404, reason: 'NotFound', unavailable: false });
    expect(refused.message).toBe('events "x" not found');
    await expect(client.delete(eventType, 'n', 'x', 'Background')).resolves.toBeUndefined();
  });

  it('watches until the server ends the stream, and throws what the stream says', async () => {
    const events: WatchEvent[] = [];
    const line = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
    handle = (_request, response) => {
      const first = line('ADDED', { metadata: { name: 'a', resourceVersion: '8' } });
      response.write(first.slice(0, 10));
      setTimeout(() => {
        response.end(first.slice(10) + line('BOOKMARK', { metadata: { resourceVersion: '9' } }));
      }, 20);
    };
    const { signal } = new AbortController();
    await client.watch(eventType, '7', event => events.push(event), signal);
    expect(events.map(each => [each.type, each.object.metadata.resourceVersion])).toEqual([
      ['ADDED', '8'],
      ['BOOKMARK', '9'],
    ]);
    expect(seen).toEqual([
      'GET /api/v1/events?watch=1&resourceVersion=7&allowWatchBookmarks=true ',
    ]);
    handle = (_request, response) =>
      response.end(line('ERROR', { code: 410, reason: 'Expired', message: 'too old' }));
    await expect(client.watch(eventType, '1', () => undefined, signal)).rejects.toMatchObject({
      status: 410,
    });
  });

  it('tells a server that is away from one that refuses', async () => {
    const away = new HttpKubernetesClient({ url: 'http://127.0.0.1:1', token: 'secret' });
    const error = await away.serverVersion().catch(caught => caught);
    expect(error).toMatchObject({ status: 0, unavailable: true });
    expect(error.message).not.toContain('secret');
    handle = (_request, response) => response.destroy();
    await expect(client.serverVersion()).rejects.toMatchObject({ unavailable: true });
    handle = (_request, response) => response.writeHead(200).end('<html>');
    await expect(client.serverVersion()).rejects.toMatchObject({ unavailable: true });
  });
});
