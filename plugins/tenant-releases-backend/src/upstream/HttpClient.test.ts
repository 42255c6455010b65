import fc from 'fast-check';
import { z } from 'zod';
import { FakeServer, sendJson, type Fault } from '../__testUtils__/FakeServer';
import { encodedPath, HttpClient } from './HttpClient';

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
    expect((await http.get('/large', { maxBytes: 10_000 })).body).toHaveLength(5_002);
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

describe('encodedPath', () => {
  it.each(['..', '.', ''])('refuses %j', part => {
    expect(() => encodedPath`/applications/${part}`).toThrow(/is no name/);
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
