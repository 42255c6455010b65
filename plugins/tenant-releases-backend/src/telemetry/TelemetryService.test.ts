import { mockServices } from '@backstage/backend-test-utils';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../__testUtils__/eventually';
import type { Fault } from '@internal/gitops/testUtils';
import { FakeLoki, FakePrometheus } from '../__testUtils__/FakeTelemetry';
import { TelemetryService } from './TelemetryService';

describe('TelemetryService', () => {
  let prometheus: FakePrometheus;
  let loki: FakeLoki;
  let service: TelemetryService;

  const target = { tenant: 'acme', service: 'demo-api', cluster: 'in-cluster' };
  const grid = { start: 600, end: 4200, step: 60 };
  const logs = {
    range: { start: 1, end: 2 },
    limit: 10,
    direction: 'backward' as const,
  };
  const panel = (start = 600) =>
    service.panel(target, 'latency-p95', { ...grid, start, end: start + 3600 });

  beforeEach(async () => {
    prometheus = await new FakePrometheus().start();
    loki = await new FakeLoki().start();
    service = new TelemetryService(
      [
        { kind: 'prometheus', cluster: '*', url: prometheus.url, headers: {} },
        { kind: 'prometheus', cluster: 'edge', url: 'http://127.0.0.1:9', headers: {} },
        { kind: 'loki', cluster: '*', url: loki.url, headers: {}, orgId: 'org-{tenant}' },
      ],
      mockServices.logger.mock(),
    );
  });

  afterEach(async () => {
    await service.stop();
    await Promise.all([prometheus.stop(), loki.stop()]);
  });

  it('asks the same question once at a time, and again when the answer is old', async () => {
    await Promise.all([panel(), panel(), panel()]);
    await panel();
    expect(prometheus.queries).toHaveLength(1);
    await panel(660);
    expect(prometheus.queries).toHaveLength(2);
    await delay(2_100);
    await panel();
    expect(prometheus.queries).toHaveLength(3);
  });

  describe('the values of now', () => {
    const nowSeconds = () => Math.floor(Date.now() / 1000);
    const read = (panelId: string, end: number, step: number) =>
      service.panel(target, panelId, { start: end - 100 * step, end, step });
    const asked = () => prometheus.queries.map(query => Object.fromEntries(query));

    it('are asked for at this moment, over the shortest window, where a step is longer', async () => {
      const end = Math.floor(Date.now() / 1_800_000) * 1_800;
      prometheus.values = ['0', '0', '0.5'];
      const { now } = await read('error-ratio', end, 1_800);
      expect(now).toEqual({
        at: expect.any(Number),
        windowSeconds: 240,
        scrapeSeconds: 60,
        values: [{ name: 'errors', labels: {}, value: 0 }],
      });
      expect(Math.abs(now!.at - nowSeconds())).toBeLessThan(5);
      const [range, moment] = asked();
      expect(range).toMatchObject({ end: String(end), step: '1800' });
      expect(range.query).toContain('[1800s]');
      expect(moment).toMatchObject({ start: String(now!.at), end: String(now!.at) });
      expect(moment.query).toContain('[240s]');
    });

    it('are the last points where these are as close as scrapes', async () => {
      const step = 30;
      const end = Math.floor(Date.now() / 1000 / step) * step;
      const recent = { start: end - 2 * step, end, step };
      prometheus.values = ['1', '2', '3.5'];
      const { now } = await service.panel(target, 'memory', recent);
      expect(now).toEqual({
        at: end,
        windowSeconds: 0,
        scrapeSeconds: 60,
        values: [{ name: 'memory', labels: {}, value: 3.5 }],
      });
      expect(prometheus.queries).toHaveLength(1);
    });

    it('are absent of a range that ended before', async () => {
      expect(await read('memory', 4_200, 30)).not.toHaveProperty('now');
      expect(prometheus.queries).toHaveLength(1);
    });

    it('cost the chart nothing when they cannot be had', async () => {
      const end = Math.floor(Date.now() / 1_800_000) * 1_800;
      prometheus.gate = url =>
        url.searchParams.get('start') === url.searchParams.get('end')
          ? { status: 503, text: 'too busy' }
          : undefined;
      const answer = await read('memory', end, 1_800);
      expect(answer.series).toHaveLength(1);
      expect(answer).not.toHaveProperty('now');
      expect(answer.source.state).toBe('ok');
    });
  });

  it('names Loki’s tenant after the tenant', async () => {
    await service.logs(target, logs);
    expect(loki.queries.map(({ orgId }) => orgId)).toEqual(['org-acme']);
  });

  it('chooses the server that is named after the destination', async () => {
    const elsewhere = service.panel({ ...target, cluster: 'edge' }, 'cpu', grid);
    await expect(elsewhere).rejects.toThrow('Prometheus does not answer (unreachable)');
    const nowhere = new TelemetryService([], mockServices.logger.mock());
    await expect(nowhere.logs(target, logs)).rejects.toThrow(/misconfigured/);
  });

  const faults: Array<[string, Fault, string]> = [
    ['500', { kind: 'status', status: 500 }, 'server-error'],
    ['429', { kind: 'status', status: 429 }, 'rate-limited'],
    ['401', { kind: 'status', status: 401 }, 'unauthorized'],
    ['HTML', { kind: 'html' }, 'bad-answer'],
    ['JSON that is cut', { kind: 'cut' }, 'bad-answer'],
    ['a reset', { kind: 'reset' }, 'unreachable'],
    ['a hang', { kind: 'hang' }, 'timeout'],
  ];

  it.each(faults)('answers %s within 2 s, without anything known', async (_, fault, error) => {
    prometheus.fault = { fault };
    loki.fault = { fault };
    const startedAt = Date.now();
    const answers = await Promise.allSettled([panel(), service.logs(target, logs)]);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(answers).toMatchObject([
      {
        reason: {
          name: 'ServiceUnavailableError',
          message: `Prometheus does not answer (${error})`,
        },
      },
      { reason: { name: 'ServiceUnavailableError', message: `Loki does not answer (${error})` } },
    ]);
  });

  it('gives the last good answer, marked as old, while the server is away', async () => {
    const good = await panel();
    expect(good.source).toMatchObject({ id: 'prometheus', state: 'ok' });
    prometheus.fault = { fault: { kind: 'status', status: 503 } };
    const old = await panel(1200);
    expect(old.source).toMatchObject({ state: 'stale', error: 'server-error' });
    expect({ ...old, source: undefined }).toEqual({ ...good, source: undefined });
    // Another panel has never had an answer.
    await expect(service.panel(target, 'memory', grid)).rejects.toThrow(/server-error/);
    prometheus.fault = undefined;
    expect((await panel(1800)).source.state).toBe('ok');
  });

  it('does not wait for a server that is known to be away', async () => {
    service.start();
    const state = () => service.statuses().find(({ id }) => id === 'loki')?.state;
    await eventually(state, 'ok' as const);
    await service.logs(target, logs);
    loki.fault = { fault: { kind: 'hang' } };
    expect(await eventually(state, 'down' as const, 10_000)).toBe('down');
    const startedAt = Date.now();
    const { lines, source } = await service.logs(target, logs);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect(lines).toHaveLength(3);
    expect(source).toMatchObject({ state: 'stale', error: 'timeout' });
    loki.fault = undefined;
    expect(await eventually(state, 'ok' as const, 10_000)).toBe('ok');
  }, 30_000);
});
