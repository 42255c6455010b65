import { mockServices } from '@backstage/backend-test-utils';
import {
  mutate,
  mutatedObjects,
  mutationSeed,
  seeded,
} from '@internal/plugin-tenant-releases-common/testUtils';
import { FakeLoki, FakePrometheus } from '../__testUtils__/FakeTelemetry';
import { TelemetryService } from './TelemetryService';

/** Each round mutates an answer of Prometheus and one of Loki. */
const rounds = Math.ceil(mutatedObjects(2_000) / 2);
const random = seeded(mutationSeed);

jest.setTimeout(60_000 + rounds * 40);

/** What makes an answer one of Prometheus or Loki stays as it is. */
const frame = ['status', 'data.result'];
const lines: Array<[string, string, object?]> = [
  ['1767312000000000001', '{"level":"error","message":"boom","requestId":"r1","status":500}'],
  ['1767312000000000003', 'level=warn msg="slow answer"', { detected_level: 'warn' }],
  ['1767312000000000002', 'plain text'],
];
const streamOf = (pod: string) => ({
  stream: { namespace: 'tenant-a', pod, version: 'sha-1' },
  values: [...lines],
});
const seriesOf = (pod: string) => ({
  metric: { pod },
  values: [
    [600, '1.5'],
    [660, 'NaN'],
    [720, '+Inf'],
    [780, '2e-7'],
  ],
});

describe('one odd series or line', () => {
  let prometheus: FakePrometheus;
  let loki: FakeLoki;
  let service: TelemetryService;
  /** Nothing is answered from memory: each round asks for another range. */
  let round = 0;

  const targetOf = (tenant: string) => ({ tenant, service: 'demo-api', cluster: 'in-cluster' });
  const panel = async (tenant: string, id: string) => {
    const start = 600 + 60 * round;
    const answer = await service.panel(targetOf(tenant), id, {
      start,
      end: start + 3_600,
      step: 60,
    });
    return { ...answer, start: 0, end: 0, source: answer.source.state };
  };
  const logs = async (tenant: string, limit = 2) => {
    const range = { start: 1_000 + round, end: 2_000_000_000 + round };
    const answer = await service.logs(targetOf(tenant), {
      range,
      limit,
      direction: round % 2 === 0 ? 'backward' : 'forward',
      ...(round % 3 === 0 ? { level: 'error' as const } : {}),
    });
    return { ...answer, source: answer.source.state };
  };
  const others = async () =>
    JSON.stringify(
      await Promise.all([
        panel('tenant-a', 'error-ratio'),
        panel('tenant-b', 'request-rate'),
        logs('tenant-b'),
      ]),
    );

  beforeAll(async () => {
    prometheus = await new FakePrometheus().start();
    loki = await new FakeLoki().start();
    service = new TelemetryService(
      [
        { kind: 'prometheus', cluster: '*', url: prometheus.url, headers: {} },
        { kind: 'loki', cluster: '*', url: loki.url, headers: {}, orgId: '{tenant}' },
      ],
      mockServices.logger.mock(),
    );
  });

  afterAll(async () => {
    await service.stop();
    await Promise.all([prometheus.stop(), loki.stop()]);
  });

  /** The request rate and the logs of tenant-a are mutated; its other panels divide. */
  function serve(mutated: (body: unknown) => unknown): void {
    const answer = (result: unknown) => ({ status: 'success', data: { result } });
    prometheus.rewrite = (url, body) => {
      const query = String(url.searchParams.get('query'));
      const series = answer(['p-1', 'p-2'].map(seriesOf));
      if (!url.pathname.endsWith('query_range')) return body;
      return query.includes('tenant-a') && !query.includes(') / (') ? mutated(series) : series;
    };
    loki.rewrite = (url, body, { headers }) => {
      const streams = answer(['p-1', 'p-2'].map(streamOf));
      if (!url.pathname.endsWith('query_range')) return body;
      return headers['x-scope-orgid'] === 'tenant-a' ? mutated(streams) : streams;
    };
  }

  it(`costs itself and nothing else: ${2 * rounds} mutated answers`, async () => {
    serve(body => body);
    const expected: string[] = [];
    for (round = 0; round < 6; round += 1) expected.push(await others());
    serve(body => mutate(body, random, frame));
    for (; round < rounds; round += 1) {
      // Whatever is thrown would be a 503 for tenant-a.
      const [found] = await Promise.all([
        others(),
        panel('tenant-a', 'request-rate'),
        logs('tenant-a'),
      ]);
      expect(found).toBe(expected[round % 6]);
    }
  });

  it('is counted, and the others are shown', async () => {
    serve(body => {
      const { data, ...rest } = structuredClone(body) as {
        data: { result: Array<{ values: unknown[] }> };
      };
      data.result[0].values[1] = ['odd'];
      return { ...rest, data: { ...data, resultType: 'odd' } };
    });
    round = 0;
    // Two queries make the panel.
    const found = await panel('tenant-a', 'request-rate');
    expect(found).toMatchObject({ leftOutCount: 2, source: 'ok' });
    expect(found.series.map(({ labels }) => labels)).toEqual([{ pod: 'p-2' }, { pod: 'p-2' }]);
    expect(found.empty).toBeUndefined();
    expect(await logs('tenant-a', 10)).toMatchObject({ leftOutCount: 1, source: 'ok' });
  });

  it('is counted where a series is a histogram for a part of the range', async () => {
    serve(body => {
      const { data, ...rest } = structuredClone(body) as { data: { result: object[] } };
      Object.assign(data.result[0], { histograms: [[1, { count: '1', sum: '1' }]] });
      Object.assign(data.result[1], { histograms: [] });
      return { ...rest, data };
    });
    round += 1;
    const found = await panel('tenant-a', 'cpu');
    expect(found).toMatchObject({ leftOutCount: 1, source: 'ok' });
    expect(found.series.map(({ labels }) => labels)).toEqual([{ pod: 'p-1' }, { pod: 'p-2' }]);
  });

  it('is not taken for nothing when it is all there is', async () => {
    serve(() => ({ status: 'success', data: { result: [null, { metric: {}, value: [1, '1'] }] } }));
    round += 1;
    const found = await panel('tenant-a', 'request-rate');
    expect(found).toMatchObject({ series: [], leftOutCount: 4 });
    expect(found.empty?.text).toMatch(/^The answer for .* cannot be read: Prometheus, or a proxy/);
    expect(await logs('tenant-a', 10)).toMatchObject({ lines: [], leftOutCount: 2 });
  });

  it.each<[string, unknown]>([
    ['no list', { status: 'success', data: { result: {} } }],
    ['another status', { status: 'error', data: { result: [] } }],
    ['something else', ['odd']],
  ])('is not the whole answer: %s is an outage', async (_, body) => {
    serve(() => body);
    round += 1;
    // Nothing is known of this panel.
    await expect(panel('tenant-a', 'memory')).rejects.toThrow(
      'Prometheus does not answer (bad-answer)',
    );
    expect(await panel('tenant-b', 'memory')).toMatchObject({ source: 'ok' });
  });
});
