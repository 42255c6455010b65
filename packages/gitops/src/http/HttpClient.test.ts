import fc from 'fast-check';
import { z } from 'zod';
import { FakeServer, sendJson, type Fault } from '../__testUtils__/FakeServer';
import { selfSigned } from '../__testUtils__/selfSigned';
import { encodedPath } from './encodedPath';
import { HttpClient } from './HttpClient';
import { UpstreamError } from './UpstreamError';

const schema = z.object({ ok: z.boolean() });

describe('HttpClient', () => {
  let server: FakeServer;
  let http: HttpClient;

  beforeEach(async () => {
    server = await new FakeServer((url, request, response) => {
      if (url.pathname === '/base/ok') return sendJson(response, 200, { ok: true });
      if (url.pathname === '/base/echo') {
        const { authorization } = request.headers;
        return sendJson(response, 200, { ok: true, authorization, query: url.search });
      }
      if (url.pathname === '/base/mirror') {
        let body = '';
        request.on('data', data => (body += data));
        request.on('end', () =>
          sendJson(response, 200, { method: request.method, headers: request.headers, body }),
        );
        return true;
      }
      if (url.pathname === '/base/as') {
        response.writeHead(200, { 'content-type': url.searchParams.get('type') ?? '' });
        response.end(url.searchParams.get('body'));
        return true;
      }
      if (url.pathname === '/base/none') {
        response.writeHead(204).end();
        return true;
      }
      if (url.pathname === '/base/shape') return sendJson(response, 200, { ok: 'yes' });
      if (url.pathname === '/base/large') return sendJson(response, 200, 'x'.repeat(5_000));
      if (url.pathname === '/base/lines') {
        response.writeHead(200);
        response.write('{"a":1}\n\n{"b"');
        setTimeout(() => response.end(':2}\n{"cut":'), 20);
        return true;
      }
      return false;
    }).start();
    http = new HttpClient({
      baseUrl: `${server.url}/base/`,
      headers: async () => ({ authorization: 'Bearer secret' }),
    });
  });

  afterEach(async () => {
    http.close();
    await server.stop();
  });

  it('sends headers and encodes the query', async () => {
    const answer = await http.get('/echo', { query: { q: 'a&b=c', none: undefined, n: 1 } });
    expect(JSON.parse(answer.body)).toEqual({
      ok: true,
      authorization: 'Bearer secret',
      query: '?q=a%26b%3Dc&n=1',
    });
  });

  const mirrored = z.object({
    method: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  });

  it('says who asks, and asks for JSON, unless another form is wanted', async () => {
    const own = { 'user-agent': 'tenant-portal', authorization: 'Bearer secret' };
    expect(await http.getJson('/mirror', mirrored)).toMatchObject({
      method: 'GET',
      headers: { ...own, accept: 'application/json' },
      body: '',
    });
    const options = { headers: { accept: 'text/x', authorization: 'Bearer other' } };
    expect(await http.getJson('/mirror', mirrored, options)).toMatchObject({
      headers: options.headers,
    });
    const { headers } = mirrored.parse(JSON.parse((await http.get('/mirror')).body));
    expect(headers).not.toHaveProperty('accept');
  });

  it('posts a question as JSON', async () => {
    expect(await http.sendJson('POST', '/mirror', { query: '{ a }' }, mirrored)).toMatchObject({
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{"query":"{ a }"}',
    });
    const options = { headers: { 'x-note': 'n' } };
    const asked = await http.sendJson('POST', '/mirror', {}, mirrored, options);
    expect(asked.headers).toMatchObject({ ...options.headers, accept: 'application/json' });
    await expect(http.sendJson('POST', '/shape', {}, schema)).rejects.toThrow(/another shape/);
  });

  it.each([
    ['application/json', '{"ok":true}', /^{"ok":true}$/],
    ['APPLICATION/JSON; charset=utf-8', '{"ok":true}', /^{"ok":true}$/],
    ['application/problem+json', '{"ok":true}', /^{"ok":true}$/],
    ['text/html', '{"ok":true}', /^answer is not JSON$/],
    ['', '{"ok":true}', /^answer is not JSON$/],
    ['application/jsonp', '{"ok":true}', /^answer is not JSON$/],
    ['application/json', '', /^answer is not complete JSON$/],
    ['application/json', '{"ok":', /^answer is not complete JSON$/],
    ['application/json', 'null', /^answer has another shape at its root: /],
    ['application/json', '{"a":{"b":1}}', /^answer has another shape at a\.b: /],
  ])('of %j with %j answers %j', async (type, body, expected) => {
    const nested = z.looseObject({ a: z.object({ b: z.string() }).optional() });
    const answer = http.getJson('/as', nested, { query: { type, body } });
    const told = await answer.then(JSON.stringify, ({ message }: Error) => message);
    expect(told).toMatch(expected);
  });

  it('asks without a query where none is given', async () => {
    await http.get('/ok', { query: { none: undefined } });
    await http.get('/ok');
    expect(server.requests).toEqual(['GET /base/ok', 'GET /base/ok']);
  });

  it('sends the same headers each time where they do not change', async () => {
    const fixed = new HttpClient({ baseUrl: server.url, headers: { authorization: 'Basic x' } });
    const bare = new HttpClient({ baseUrl: server.url });
    try {
      const { headers } = await fixed.getJson('/base/mirror', mirrored);
      expect(headers).toMatchObject({ authorization: 'Basic x' });
      expect((await bare.getJson('/base/mirror', mirrored)).headers).not.toHaveProperty(
        'authorization',
      );
    } finally {
      fixed.close();
      bare.close();
    }
  });

  it('uses a connection again, and none after its end', async () => {
    const connections = new Set<unknown>();
    const counting = await new FakeServer((_, { socket }, response) => {
      connections.add(socket);
      return sendJson(response, 200, { ok: true });
    }).start();
    const client = new HttpClient({ baseUrl: counting.url });
    try {
      await client.get('/');
      await client.get('/');
      expect(connections.size).toBe(1);
      client.close();
      await client.get('/');
      expect(connections.size).toBe(2);
    } finally {
      client.close();
      await counting.stop();
    }
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('sends a %s with and without JSON', async method => {
    const body = { name: 'é' };
    expect(await http.sendJson(method, '/mirror', body, mirrored)).toMatchObject({
      method,
      headers: { 'content-type': 'application/json', 'content-length': '13' },
      body: JSON.stringify(body),
    });
    const bare = await http.sendJson(method, '/mirror', undefined, mirrored);
    expect(bare).toMatchObject({ method, body: '' });
    expect(bare.headers).not.toHaveProperty('content-type');
  });

  it('takes an answer without content for none', async () => {
    const told = http.sendJson('DELETE', '/none', undefined, z.undefined());
    expect(await told).toBeUndefined();
    const wanted = http.sendJson('DELETE', '/none', undefined, schema);
    await expect(wanted).rejects.toThrow(/another shape at its root/);
  });

  it('says that it gave up after a time, and not when it was told to', async () => {
    server.fault = { fault: { kind: 'hang' } };
    await expect(http.get('/ok', { timeoutMs: 50 })).rejects.toThrow(
      new UpstreamError('timeout', 'no answer within 50 ms'),
    );
    const told = http.get('/ok', { signal: AbortSignal.abort(), timeoutMs: 50 });
    await expect(told).rejects.toThrow('connection failed: ABORT_ERR');
  });

  const faults: Array<[string, Fault, object]> = [
    ['400', { kind: 'status', status: 400 }, { errorClass: 'bad-answer' }],
    ['401', { kind: 'status', status: 401 }, { errorClass: 'unauthorized' }],
    ['403', { kind: 'status', status: 403 }, { errorClass: 'forbidden' }],
    [
      '403 of a used-up limit',
      { kind: 'status', status: 403, headers: { 'x-ratelimit-remaining': '0' } },
      { errorClass: 'rate-limited' },
    ],
    ['404', { kind: 'status', status: 404 }, { errorClass: 'not-found' }],
    [
      '429',
      { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
      { errorClass: 'rate-limited', retryAfterSeconds: 7 },
    ],
    ['500', { kind: 'status', status: 500 }, { errorClass: 'server-error' }],
    ['HTML', { kind: 'html' }, { errorClass: 'bad-answer' }],
    ['JSON that is cut', { kind: 'cut' }, { errorClass: 'bad-answer' }],
    ['a reset in mid-body', { kind: 'reset' }, { errorClass: 'unreachable' }],
    ['a hang', { kind: 'hang' }, { errorClass: 'timeout' }],
    ['a redirect', { kind: 'redirect', location: '/base/ok' }, { errorClass: 'bad-answer' }],
  ];

  it.each(faults)('answers %s with a typed error', async (_, fault, expected) => {
    server.fault = { fault };
    const answer = http.getJson('/ok', schema, { timeoutMs: 300 });
    await expect(answer).rejects.toMatchObject({ name: 'UpstreamError', ...expected });
    // Nothing of the address, the token or the answer is in what may be logged.
    await expect(answer).rejects.toThrow(/^(?!.*(127\.0\.0\.1|secret)).*$/);
    expect(server.requests).toHaveLength(1);
  });

  it('answers a server that is away with a typed error', async () => {
    await server.stop();
    await expect(http.get('/ok')).rejects.toMatchObject({ errorClass: 'unreachable' });
  });

  it('names the part of the answer that has another shape', async () => {
    await expect(http.getJson('/shape', schema)).rejects.toThrow(/another shape at ok:/);
  });

  it('refuses an answer that is too large', async () => {
    await expect(http.get('/large', { maxBytes: 1_000 })).rejects.toThrow('too large');
    expect((await http.get('/large', { maxBytes: 5_001 }).catch(error => error)).message).toBe(
      'answer is too large',
    );
    expect((await http.get('/large', { maxBytes: 5_002 })).body).toHaveLength(5_002);
  });

  it('gives up when it is told to', async () => {
    server.fault = { fault: { kind: 'hang' } };
    const controller = new AbortController();
    const answer = http.get('/ok', { signal: controller.signal, timeoutMs: 5_000 });
    setTimeout(() => controller.abort(), 30);
    await expect(answer).rejects.toThrow();
  });

  it('asks again when a kept connection had been closed meanwhile', async () => {
    await http.getJson('/ok', schema);
    server.dropConnections();
    await expect(http.getJson('/ok', schema)).resolves.toEqual({ ok: true });
  });

  it('reads a stream line by line and drops a line that was cut', async () => {
    const lines: string[] = [];
    for await (const line of http.lines('/lines')) lines.push(line);
    expect(lines).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('refuses to stream an error', async () => {
    server.fault = { fault: { kind: 'status', status: 401 } };
    await expect(http.lines('/lines').next()).rejects.toMatchObject({ errorClass: 'unauthorized' });
  });

  it('refuses a line that does not end', async () => {
    const read = async () => {
      for await (const line of http.lines('/large', { maxBytes: 1_000 })) expect(line).toBe('');
    };
    await expect(read()).rejects.toThrow('too long');
  });
});

describe('HttpClient that follows redirects', () => {
  let server: FakeServer;
  let other: FakeServer;
  let http: HttpClient;
  let location: (path: string) => string | undefined;
  let redirect: number;

  beforeEach(async () => {
    redirect = 301;
    const echo: ConstructorParameters<typeof FakeServer>[0] = (url, request, response) => {
      const to = location(url.pathname + url.search);
      if (to !== undefined) {
        return sendJson(response, redirect, { message: 'Moved' }, { location: to });
      }
      const { authorization } = request.headers;
      let body = '';
      request.on('data', data => (body += data));
      request.on('end', () => {
        const sent = body ? { body } : {};
        sendJson(response, 200, { path: request.url, authorization, ...sent });
      });
      return true;
    };
    server = await new FakeServer(echo).start();
    other = await new FakeServer(echo).start();
    http = new HttpClient({
      baseUrl: `${server.url}/api/v3`,
      headers: { authorization: 'Bearer secret' },
      followsRedirects: true,
    });
  });

  afterEach(async () => {
    http.close();
    await Promise.all([server.stop(), other.stop()]);
  });

  it('takes the address on the same host, with headers and query', async () => {
    location = path =>
      path.startsWith('/api/v3/old') ? `${server.url}/api/v3/new?page=2` : undefined;
    const { body, redirectedTo } = await http.get('/old', { query: { page: 2 } });
    expect(JSON.parse(body)).toEqual({
      path: '/api/v3/new?page=2',
      authorization: 'Bearer secret',
    });
    expect(redirectedTo).toBe('/new');
    expect((await http.get('/new')).redirectedTo).toBeUndefined();
  });

  it.each([
    ['another host', () => `${other.url}/api/v3/new`],
    ['another scheme', () => server.url.replace('http:', 'https:')],
    ['no address', () => 'http://['],
  ])('never goes to %s', async (_, to) => {
    location = path => (path === '/api/v3/old' ? to() : undefined);
    await expect(http.get('/old')).rejects.toMatchObject({ errorClass: 'bad-answer' });
    redirect = 307;
    await expect(http.sendJson('POST', '/old', { a: 1 }, schema)).rejects.toThrow('answered 307');
    expect(other.requests).toEqual([]);
  });

  it('gives up after a few hops', async () => {
    location = () => '/api/v3/again';
    await expect(http.get('/old')).rejects.toMatchObject({ errorClass: 'bad-answer' });
    expect(server.requests).toHaveLength(4);
  });

  it('repeats what has a body only where it may stay what it is', async () => {
    location = path => (path === '/api/v3/old' ? '/api/v3/new' : undefined);
    const send = (method: string) => http.sendJson(method, '/old', { a: 1 }, z.looseObject({}));
    for (const status of [301, 302, 303]) {
      redirect = status;
      await expect(send('POST')).rejects.toThrow(`answered ${status}`);
    }
    expect(server.requests).toEqual(Array(3).fill('POST /api/v3/old'));
    redirect = 307;
    expect(await send('PATCH')).toEqual({
      path: '/api/v3/new',
      authorization: 'Bearer secret',
      body: '{"a":1}',
    });
    redirect = 308;
    expect(await send('POST')).toMatchObject({ body: '{"a":1}' });
    expect(server.requests.slice(-3)).toEqual([
      'PATCH /api/v3/new',
      'POST /api/v3/old',
      'POST /api/v3/new',
    ]);
  });
});

describe('HttpClient whose credentials end', () => {
  let server: FakeServer;
  let valid: string;

  beforeEach(async () => {
    valid = 'one';
    server = await new FakeServer((_, request, response) => {
      if (request.headers.authorization === `Bearer ${valid}`) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"ok":true}\n');
        return true;
      }
      return sendJson(response, 401, {});
    }).start();
  });

  afterEach(() => server.stop());

  it('asks once more with new ones, for answers and streams, and then believes the refusal', async () => {
    let held = 'one';
    const renewed = ['two', 'three', 'wrong'];
    const client = new HttpClient({
      baseUrl: server.url,
      headers: async () => ({ authorization: `Bearer ${held}` }),
      onUnauthorized: () => {
        held = renewed.shift()!;
      },
    });
    try {
      await expect(client.getJson('/', schema)).resolves.toEqual({ ok: true });
      valid = 'two';
      await expect(client.getJson('/', schema)).resolves.toEqual({ ok: true });
      valid = 'three';
      await expect(client.lines('/').next()).resolves.toMatchObject({ value: '{"ok":true}' });
      valid = 'four';
      await expect(client.get('/')).rejects.toMatchObject({ errorClass: 'unauthorized' });
      expect(server.requests).toHaveLength(7);
    } finally {
      client.close();
    }
  });
});

describe('HttpClient over TLS', () => {
  const certificate = selfSigned('localhost');
  let server: FakeServer;

  beforeAll(async () => {
    server = new FakeServer((_url, _request, response) => sendJson(response, 200, { ok: true }));
    server.host = 'localhost';
    server.secure(certificate);
    await server.start();
  });
  afterAll(() => server.stop());

  it.each([
    ['a certificate that nobody vouches for', undefined, false],
    ['one of an authority that is configured', { ca: certificate.cert }, true],
    ['one of another authority', { ca: selfSigned('localhost').cert }, false],
    ['any, where that is configured', { rejectUnauthorized: false }, true],
  ])('takes or refuses %s', async (_, tls, isTaken) => {
    const client = new HttpClient({ baseUrl: server.url, ...(tls ? { tls } : {}) });
    try {
      const answer = client.getJson('/', schema).catch(({ errorClass }) => ({ errorClass }));
      expect(await answer).toEqual(isTaken ? { ok: true } : { errorClass: 'unreachable' });
    } finally {
      client.close();
    }
  });
});

describe('encodedPath', () => {
  it.each(['..', '.', '', 'half \ud800'])('refuses %j', part => {
    expect(() => encodedPath`/applications/${part}`).toThrow(
      new UpstreamError('not-found', `"${part}" is no name`),
    );
  });

  it('leaves the template as it is', () => {
    expect(encodedPath`/a b/../c`).toBe('/a b/../c');
    expect(encodedPath`${'x'}/${'..%2F'}`).toBe('x/..%252F');
    expect(encodedPath`/${'...'}`).toBe('/...');
  });

  it('keeps every part one segment', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), part => {
        fc.pre(part !== '.' && part !== '..');
        const path = encodedPath`/a/${part}/b`;
        expect(path.split('/')).toHaveLength(4);
        expect(decodeURIComponent(path.split('/')[2])).toBe(part);
        expect(new URL(path, 'http://host').pathname).toBe(path);
      }),
    );
  });
});
