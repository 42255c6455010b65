import { z } from 'zod';
import { FakeProxy } from '../__testUtils__/FakeProxy';
import { FakeServer, sendJson } from '../__testUtils__/FakeServer';
import { selfSigned } from '../__testUtils__/selfSigned';
import { HttpClient } from './HttpClient';

const schema = z.object({ ok: z.boolean() });
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
/** Node.js takes each in small letters too, and rather. */
const variables = [
  'NODE_USE_ENV_PROXY',
  ...proxyVariables,
  ...proxyVariables.map(name => name.toLowerCase()),
];
const certificate = selfSigned('localhost');

describe.each(['http', 'https'] as const)('a proxy of the environment, for %s', scheme => {
  const before = Object.fromEntries(variables.map(name => [name, process.env[name]]));
  let proxy: FakeProxy;
  let server: FakeServer;
  let client: HttpClient | undefined;

  const open = (environment: Record<string, string>) => {
    for (const name of variables) delete process.env[name];
    Object.assign(process.env, environment);
    client = new HttpClient({ baseUrl: server.url, tls: { ca: certificate.cert } });
    return client;
  };

  beforeEach(async () => {
    proxy = await new FakeProxy().start();
    server = new FakeServer((url, _, response) => {
      if (url.pathname !== '/lines') return sendJson(response, 200, { ok: true });
      response.writeHead(200);
      response.write('{"a":1}\n');
      return true;
    });
    server.host = 'localhost';
    if (scheme === 'https') server.secure(certificate);
    await server.start();
  });

  afterEach(async () => {
    for (const name of variables) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    client?.close();
    await Promise.all([server.stop(), proxy.stop()]);
  });

  const throughProxy = (more: object = {}) => ({
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: proxy.url(),
    HTTPS_PROXY: proxy.url(),
    ...more,
  });
  const expected = (method: string, path: string) => {
    const { host } = new URL(server.url);
    return scheme === 'https' ? `CONNECT ${host}` : `${method} http://${host}${path}`;
  };

  it('carries answers and streams, and checks the certificate behind it', async () => {
    const http = open(throughProxy());
    await expect(http.getJson('/x?q=1', schema)).resolves.toEqual({ ok: true });
    await expect(http.sendJson('POST', '/x', {}, schema)).resolves.toEqual({ ok: true });
    const lines = http.lines('/lines');
    await expect(lines.next()).resolves.toMatchObject({ value: '{"a":1}' });
    await lines.return(undefined);
    expect(proxy.requests[0]).toBe(expected('GET', '/x?q=1'));
    expect(server.requests).toEqual(['GET /x?q=1', 'POST /x', 'GET /lines']);
    const strict = new HttpClient({ baseUrl: server.url });
    const outcome = await strict.getJson('/', schema).catch(({ errorClass }) => errorClass);
    strict.close();
    expect(outcome).toEqual(scheme === 'https' ? 'unreachable' : { ok: true });
  });

  it.each([
    ['a host that NO_PROXY names', { NO_PROXY: 'localhost' }],
    ['any, where Node.js is not told to use one', { NODE_USE_ENV_PROXY: '0' }],
  ])('is passed by for %s', async (_, more) => {
    await expect(open(throughProxy(more)).getJson('/', schema)).resolves.toEqual({ ok: true });
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    ['refuses its user', () => proxy.url('wrong-secret')],
    ['is away', () => 'http://proxy-user:wrong-secret@127.0.0.1:1'],
  ])('that %s is an error that tells no password', async (_, url) => {
    const http = open(throughProxy({ HTTP_PROXY: url(), HTTPS_PROXY: url() }));
    const failure = await http.getJson('/', schema).catch(error => error);
    expect(failure).toMatchObject({ name: 'UpstreamError' });
    expect(`${failure.message} ${JSON.stringify(failure)}`).not.toMatch(/secret|proxy-user/);
    expect(server.requests).toEqual([]);
  });
});
