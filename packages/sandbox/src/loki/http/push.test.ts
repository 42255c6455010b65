import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { createLoki, testNow } from '../__testUtils__/lokiFixture';

let loki: ReturnType<typeof createLoki>;
beforeEach(() => {
  loki = createLoki();
});
afterEach(() => loki.close());

const post = (tenant = 'tenant-a') =>
  request(loki.app).post('/loki/api/v1/push').set('X-Scope-OrgID', tenant);

async function stored(query = '{app=~".+"}') {
  const response = await loki.get('query_range', { query, since: '30d' }).expect(200);
  const result: { stream: Record<string, string>; values: [string, string][] }[] =
    response.body.data.result;
  return result.flatMap(({ values }) => values.map(([, line]) => line)).sort();
}

describe('push', () => {
  it('keeps lines with their own labels', async () => {
    await loki
      .push('tenant-a', [{ stream: { app: 'web' }, lines: [[1000, 'x', { trace: 't1' }]] }])
      .expect(204);
    const response = await loki.get('query_range', { query: '{app="web"} | trace="t1"' });
    expect(response.body.data.result[0].stream).toEqual({
      app: 'web',
      service_name: 'web',
      trace: 't1',
      detected_level: 'unknown',
    });
  });

  it('keeps a line once that comes again', async () => {
    const line: [number, string] = [1000, 'x'];
    const streams = [{ stream: { app: 'web' }, lines: [line, line] }];
    await loki.push('tenant-a', streams).expect(204);
    await loki.push('tenant-a', streams).expect(204);
    expect(await stored()).toEqual(['x']);
  });

  it('sorts lines that come late', async () => {
    const stream = { app: 'web' };
    await loki.push('tenant-a', [{ stream, lines: [[1000, 'new']] }]).expect(204);
    await loki.push('tenant-a', [{ stream, lines: [[60_000, 'old']] }]).expect(204);
    const response = await loki.get('query_range', { query: '{app="web"}', direction: 'forward' });
    const [{ values }] = response.body.data.result;
    expect(values.map(([, line]: string[]) => line)).toEqual(['old', 'new']);
  });

  it('keeps the good lines of a push and names the bad ones', async () => {
    const response = await loki.push('tenant-a', [
      {
        stream: { app: 'web' },
        lines: [
          [1000, 'good'],
          [8 * 24 * 3600 * 1000, 'too old'],
          [-11 * 60 * 1000, 'too new'],
        ],
      },
    ]);
    expect(response.status).toBe(400);
    const stream = '{app="web", service_name="web"}';
    expect(response.text).toBe(
      `entry for stream '${stream}' has timestamp too old: 2026-11-15T10:00:00Z, ` +
        'oldest acceptable timestamp is: 2026-11-16T10:00:00Z; ' +
        `entry for stream '${stream}' has timestamp too new: 2026-11-23T10:11:00Z\n`,
    );
    expect(await stored()).toEqual(['good']);
  });

  it('refuses lines that are far behind their stream, not those of a new stream', async () => {
    const old: [number, string] = [2 * 3600 * 1000, 'old'];
    await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [[0, 'new']] }]).expect(204);
    const response = await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [old] }]);
    expect(response.status).toBe(400);
    expect(response.text).toContain(
      "ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-23T08:00:00Z, " +
        "oldest acceptable timestamp is: 2026-11-23T09:00:00Z'",
    );
    await loki.push('tenant-a', [{ stream: { app: 'other' }, lines: [old] }]).expect(204);
  });

  it.each<[string, object | string, string]>([
    ['no JSON', '{"streams":', "couldn't parse push request"],
    ['a number as time', { streams: [{ stream: { a: 'b' }, values: [[1, 'x']] }] }, 'values.0'],
    ['a wrong label name', { streams: [{ stream: { 'a-b': 'c' }, values: [] }] }, 'a-b'],
    [
      'too many labels',
      {
        streams: [
          {
            stream: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`l${n}`, 'v'])),
            values: [],
          },
        ],
      },
      'has 16 label names; limit 15',
    ],
    [
      'a line that is too long',
      {
        streams: [{ stream: { a: 'b' }, values: [[`${testNow}000000`, 'x'.repeat(262_145)]] }],
      },
      "Max entry size '262144' bytes exceeded",
    ],
  ])('refuses %s', async (_, body, text) => {
    const response = await post().type('application/json').send(body);
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.text).toContain(text);
  });

  it.each([{}, { streams: [] }])('says 422 of %j', async body => {
    const response = await post().type('application/json').send(body);
    expect([response.status, response.text]).toEqual([
      422,
      'error at least one valid stream is required for ingestion\n',
    ]);
  });

  it('calls a service without a label unknown', async () => {
    const streams = [{ stream: {}, values: [[`${testNow - 1000}000000`, 'x']] }];
    await post().type('application/json').send({ streams }).expect(204);
    expect(await stored('{service_name="unknown_service"}')).toEqual(['x']);
  });

  it('says that it does not take protobuf', async () => {
    const response = await post().type('application/x-protobuf').send('\x00\x01');
    expect(response.status).toBe(415);
    expect(response.text).toContain('application/json');
  });

  it.each([
    ['', 401, 'no org id\n'],
    ['a|', 400, 'multiple org IDs present\n'],
    ['a|b', 400, 'multiple org IDs present\n'],
    ['a/b', 400, "tenant ID 'a/b' contains unsupported character '/'\n"],
    ['..', 400, "tenant ID is '.' or '..'\n"],
  ])('for the tenant %j answers %d', async (tenant, status, text) => {
    const response = await post(tenant).send({ streams: [] });
    expect([response.status, response.text]).toEqual([status, text]);
  });

  it('takes a compressed body', async () => {
    const streams = [{ stream: { app: 'web' }, values: [[`${testNow}000000`, 'zipped']] }];
    const sent = post().type('application/json').set('Content-Encoding', 'gzip');
    sent.write(gzipSync(JSON.stringify({ streams })));
    await sent.expect(204);
    expect(loki.store.streams('tenant-a')).toHaveLength(1);
  });
});

describe('after being killed', () => {
  it('has every line that it said it had', async () => {
    await loki
      .push('tenant-a', [{ stream: { app: 'web' }, lines: [[2000, 'kept', { trace: 't' }]] }])
      .expect(204);
    loki.restart();
    expect(await stored('{app="web"} | trace="t"')).toEqual(['kept']);
    await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [[1000, 'more']] }]).expect(204);
    loki.restart();
    expect(await stored()).toEqual(['kept', 'more']);
  });

  it('still knows how far behind a line may be', async () => {
    await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [[0, 'new']] }]).expect(204);
    loki.restart();
    const old: [number, string] = [2 * 3600 * 1000, 'old'];
    const response = await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [old] }]);
    expect([response.status, response.text]).toEqual([
      400,
      expect.stringContaining('too far behind'),
    ]);
  });
});
