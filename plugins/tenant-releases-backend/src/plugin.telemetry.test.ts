import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import type { FakeLoki, FakePrometheus, Gate } from './__testUtils__/FakeTelemetry';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
} from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const panelPath = '/releases/tenant-a/demo-api/panels/request-rate';

/** Only these tenants are on the gateway's list. */
const gateway =
  (status: number, ...tenants: string[]): Gate =>
  (_, headers) =>
    tenants.includes(String(headers['x-scope-orgid'])) ? undefined : { status, text: 'no org id' };

/** prom-label-proxy: one path, and the namespace is a parameter. */
const labelProxy: Gate = ({ pathname, searchParams }) => {
  if (pathname !== '/api/v1/query_range') return { status: 404, text: 'not found' };
  return searchParams.getAll('namespace').length === 1
    ? undefined
    : { status: 400, text: 'namespace parameter is required' };
};

describe('telemetry behind gateways and proxies', () => {
  let portal: TestPortal;
  let prometheus: FakePrometheus;
  let loki: FakeLoki;

  const get = (path: string) => request(portal.server).get(`/api/tenant-releases${path}`);
  const logs = (tenant: string, query = '') => get(`/releases/${tenant}/demo-api/logs${query}`);
  const source = async (id: string) =>
    (await get('/sources')).body.items.find((item: { id: string }) => item.id === id);
  const state = async (id: string) => (await source(id)).state;

  async function start(
    prepare: (servers: { prometheus: FakePrometheus; loki: FakeLoki }) => void,
    settings: { prometheus?: JsonObject; loki?: JsonObject } = {},
  ): Promise<void> {
    const upstreams = await startUpstreams();
    ({ prometheus, loki } = upstreams);
    upstreams.github.commit(
      Object.fromEntries(
        ['tenant-a', 'tenant-b'].map(tenant => [tenantPath(tenant), tenantFile(tenant, 'sha-1')]),
      ),
    );
    prepare(upstreams);
    const config = configFor(upstreams) as any;
    const [entry] = config.tenantReleases.telemetry;
    Object.assign(entry.prometheus, settings.prometheus);
    Object.assign(entry.loki, settings.loki);
    portal = await startTestPortal(upstreams, { config });
    await eventually(async () => (await get('/releases')).body.totalItems, 2);
  }

  afterEach(() => portal.stop());

  // Once it is waited longer than it takes to call a source down.
  it.each([
    [401, 0],
    [403, 6_000],
    [404, 0],
  ])(
    'shows the logs of a tenant on the list of a gateway that answers others %i',
    async (status, waitMs) => {
      await start(servers => {
        servers.loki.gate = gateway(status, 'tenant-a');
      });
      expect(await eventually(() => state('loki'), 'ok')).toBe('ok');
      expect(await source('loki')).toMatchObject({ detail: expect.stringMatching(/^It lives/) });
      const refused = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found' }[status];
      for (const round of [1, 2]) {
        const own = await logs('tenant-a');
        expect([round, own.status, own.body.source.state]).toEqual([round, 200, 'ok']);
        expect(own.body.lines).toHaveLength(3);
        const other = await logs('tenant-b');
        expect(other.status).toBe(503);
        expect(other.body.error.message).toMatch(`Loki does not answer (${refused})`);
        await delay(waitMs / 2);
        expect(await state('loki')).toBe('ok');
      }
      expect(new Set(loki.queries.map(({ orgId }) => orgId))).toEqual(new Set(['tenant-a']));
    },
  );

  it('says on the answer what a tenant is refused, and in words', async () => {
    await start(servers => {
      servers.loki.gate = gateway(403);
    });
    expect((await logs('tenant-b')).body.error).toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'Loki does not answer (forbidden): it does not allow the queries of this tenant. Let it, or correct tenantReleases.telemetry[].loki.orgId',
    });
  });

  it('notices the outage of a server whose sign of life is refused, and its return', async () => {
    await start(servers => {
      servers.loki.gate = gateway(403, 'tenant-a', 'tenant-b');
    });
    expect((await logs('tenant-a')).status).toBe(200);
    loki.gate = () => ({ status: 502, text: 'bad gateway' });
    expect(await eventually(() => state('loki'), 'down', 10_000)).toBe('down');
    expect(await source('loki')).toMatchObject({ error: 'server-error' });
    loki.gate = gateway(403, 'tenant-a');
    expect(await eventually(() => state('loki'), 'ok', 10_000)).toBe('ok');
    // One tenant that is let in no more does not stand for all.
    expect((await logs('tenant-b', '?q=x')).status).toBe(503);
    expect(await state('loki')).toBe('ok');
    // When nobody is let in, the source is down, and says why.
    loki.gate = gateway(401);
    expect(await eventually(() => state('loki'), 'down', 10_000)).toBe('down');
    expect(await source('loki')).toMatchObject({ error: 'unauthorized' });
  });

  it('tries a query all the same when only the sign of life is blocked', async () => {
    await start(servers => {
      servers.prometheus.gate = ({ pathname }) =>
        pathname.includes('status') ? { status: 503, text: 'blocked' } : undefined;
    });
    expect(await eventually(() => state('prometheus'), 'down', 10_000)).toBe('down');
    const { status, body } = await get(panelPath);
    expect([status, body.source.state]).toEqual([200, 'ok']);
    await delay(6_000);
    expect(await state('prometheus')).toBe('ok');
  });

  it('gives a tenancy proxy the parameter that it wants, and a tenant of Mimir its name', async () => {
    await start(
      servers => {
        servers.prometheus.gate = labelProxy;
      },
      { prometheus: { orgId: 'org-{tenant}', query: { namespace: '{tenant}', dedup: true } } },
    );
    for (const tenant of ['tenant-a', 'tenant-b']) {
      const { status, body } = await get(`/releases/${tenant}/demo-api/panels/request-rate`);
      expect([status, body.source.state, body.empty]).toEqual([200, 'ok', undefined]);
      const sent = prometheus.queries.at(-1)!;
      expect([sent.get('namespace'), sent.get('dedup')]).toEqual([tenant, 'true']);
      expect(sent.get('query')).toContain(`namespace="${tenant}"`);
      expect(prometheus.orgIds.at(-1)).toBe(`org-${tenant}`);
    }
    expect(await state('prometheus')).toBe('ok');
  });

  it('says what to configure when a proxy refuses the query', async () => {
    await start(servers => {
      servers.prometheus.gate = labelProxy;
    });
    const { status, body } = await get(panelPath);
    expect(status).toBe(503);
    expect(body.error.message).toBe(
      'Prometheus does not answer (bad-answer): it refused the query. Where a tenancy proxy wants a parameter, set it in tenantReleases.telemetry[].prometheus.query',
    );
    expect(await state('prometheus')).toBe('ok');
  });

  it('reads the names that are configured, and says which series are not there', async () => {
    const labels = { namespace: 'exported_namespace', service: 'service_name' };
    await start(
      servers => {
        servers.prometheus.has = query => !query.includes('http_server');
      },
      { prometheus: { preset: 'opentelemetry', labels } },
    );
    const { body } = await get(panelPath);
    const own = { exported_namespace: 'tenant-a', service_name: 'demo-api' };
    const metric = 'http_server_request_duration_seconds_count';
    expect(body.series).toEqual([]);
    expect(body.empty).toEqual({
      text: `No series: ${metric}{exported_namespace="tenant-a",service_name="demo-api"} has no data in this range. If the service uses other names or labels, set preset or labels in tenantReleases.telemetry[].prometheus. A rate needs two scrapes within 240 s: if the service is scraped less often, set scrapeSeconds there.`,
      queries: [
        { name: 'ok', metric, labels: own },
        { name: 'errors', metric, labels: own },
      ],
    });
    const cpu = (await get('/releases/tenant-a/demo-api/panels/cpu')).body;
    expect([cpu.series.length, cpu.empty]).toEqual([1, undefined]);
    prometheus.has = () => true;
    prometheus.values = ['NaN', 'NaN', 'NaN'];
    await delay(2_100);
    expect((await get(panelPath)).body.empty.text).toMatch(/ has series, but no value in this/);
  });

  it.each([
    [undefined, '[240s]'],
    [15, '[60s]'],
    ['30', '[120s]'],
    [120, '[480s]'],
  ])('takes rates over four scrapes, where one is each %s seconds', async (seconds, window) => {
    await start(() => {}, { prometheus: seconds === undefined ? {} : { scrapeSeconds: seconds } });
    await get(panelPath);
    expect(prometheus.queries.at(-1)!.get('query')).toContain(window);
  });

  it.each([
    ['Thanos', { warnings: ['store https://10.0.0.7:9090 timed out'] }, true],
    ['VictoriaMetrics', { isPartial: true }, true],
    ['a remark of PromQL', { warnings: ['PromQL warning: quantile value 2'] }, undefined],
    ['a whole answer', { isPartial: false, warnings: [], infos: ['PromQL info: x'] }, undefined],
  ])('says that not all stores answered: %s', async (_, more, isPartial) => {
    await start(servers => {
      servers.prometheus.rewrite = (url, body) =>
        url.pathname.endsWith('query_range') ? { ...(body as object), ...more } : body;
    });
    const { body, text } = await get(panelPath);
    expect([body.isPartial, body.series.length, body.source.state]).toEqual([isPartial, 2, 'ok']);
    expect(text).not.toContain('10.0.0.7');
    prometheus.has = () => false;
    const cpu = (await get('/releases/tenant-a/demo-api/panels/cpu')).body;
    expect([cpu.isPartial, cpu.empty.text]).toEqual([
      isPartial,
      expect.stringMatching(
        isPartial ? /^Not all stores behind Prometheus answered/ : /^No series/,
      ),
    ]);
    expect(cpu.empty.text).not.toContain('10.0.0.7');
  });

  it.each([
    [400, 'the query time range exceeds the limit (query length: 169h, limit: 24h)'],
    [400, 'the query would read too many bytes (query: 1.5TB, limit: 500GB)'],
    [400, 'maximum number of series (500) reached for a single query'],
    [400, 'exceeded maximum resolution of 11,000 points per timeseries'],
    [422, 'query processing would load too many samples into memory in query execution'],
    [422, 'the query exceeded the maximum number of chunks (err-mimir-max-chunks-per-query)'],
    [422, 'cannot select more than -search.maxSamplesPerQuery=1000000000 samples'],
  ])('says to choose a shorter range where a query is too large: %d %s', async (status, words) => {
    const refuse: Gate = ({ pathname }) =>
      pathname.endsWith('query_range') ? { status, text: words } : undefined;
    await start(servers => {
      servers.prometheus.gate = refuse;
      servers.loki.gate = refuse;
    });
    for (const [path, name] of [
      [panelPath, 'Prometheus'],
      ['/releases/tenant-a/demo-api/logs', 'Loki'],
    ]) {
      const { body } = await get(path);
      expect(body.error.message).toBe(
        `${name} does not answer (bad-answer): the query reads more than it allows. Choose a shorter range`,
      );
    }
    expect(await state('prometheus')).toBe('ok');
  });

  it('takes no list for an empty one', async () => {
    await start(servers => {
      for (const server of [servers.prometheus, servers.loki]) {
        server.rewrite = (url, body) =>
          url.pathname.endsWith('query_range')
            ? { ...(body as object), data: { resultType: 'matrix', result: null } }
            : body;
      }
    });
    const { body } = await get(panelPath);
    expect([body.series, body.leftOutCount, body.empty.text]).toEqual([
      [],
      undefined,
      expect.stringMatching(/^No series: /),
    ]);
    expect((await logs('tenant-a')).body).toMatchObject({ lines: [], truncated: false });
  });

  it('offers the panels that a preset has', async () => {
    await start(() => {}, { prometheus: { preset: 'istio' } });
    const { body } = await get('/releases/tenant-a/demo-api/panels');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([
      'request-rate',
      'error-ratio',
      'latency-p95',
    ]);
    expect((await get('/releases/tenant-a/demo-api/panels/cpu')).status).toBe(404);
  });
});
