import type { TelemetryServer } from '../config/telemetryConfig';
import { eventually } from '../__testUtils__/eventually';
import { FakePrometheus } from '../__testUtils__/FakeTelemetry';
import { partLabel } from './fleetQueries';
import { ServingWatch } from './ServingWatch';

const target = { tenant: 'acme', service: 'api', services: ['api', 'web'] };
const objective = { errorRatio: 0.05, minRequests: 10 };
const logger = { info: jest.fn(), warn: jest.fn() };
let prometheus: FakePrometheus;
let watch: ServingWatch | undefined;

beforeEach(async () => {
  prometheus = await new FakePrometheus().start();
});
afterEach(async () => {
  await watch?.stop();
  await prometheus.stop();
});

function start(more: Partial<TelemetryServer> = {}): ServingWatch {
  const server = { kind: 'prometheus', cluster: '*', url: prometheus.url, headers: {} } as const;
  watch = new ServingWatch({ ...server, ...more }, objective, logger);
  watch.start();
  return watch;
}

function answer(failed: number, all: number): void {
  const labels = { namespace: 'acme', service: 'api', version: 'sha-2' };
  prometheus.samples = Object.entries({ failed, all }).map(([part, value]) => ({
    metric: { ...labels, [partLabel]: part },
    value: [1, String(value)],
  }));
}

function fire(...alerts: Array<Record<string, string>>): void {
  const found = alerts.map(labels => ({ labels, annotations: {}, state: 'firing' }));
  prometheus.rules = { groups: [{ rules: [{ alerts: found }, { odd: true }] }] };
}

it('measures requests and alerts, and tells whose are others now', async () => {
  answer(1, 3);
  fire(
    { alertname: 'A', tenant: 'acme' },
    { alertname: 'B', tenant: 'acme', service: 'web' },
    { alertname: 'C', tenant: 'acme', service: 'kube-state-metrics' },
    { alertname: 'D', tenant: 'globex' },
  );
  const changed: unknown[] = [];
  const one = start();
  one.changes.subscribe(tenants => changed.push(tenants));
  expect(await eventually(() => one.state(target).freshness.state, 'ok')).toBe('ok');
  const state = one.state(target);
  expect(state.requests).toEqual({
    errorRatio: 1 / 3,
    objective: 0.05,
    failing: { since: expect.any(String), version: 'sha-2' },
  });
  expect(state.alerts.map(({ name }) => name)).toEqual(['A', 'C']);
  expect(state.notMeasured).toBeUndefined();
  expect(changed).toEqual([['acme', 'globex']]);
});

it('says which series it misses', async () => {
  const one = start();
  expect(await eventually(() => one.state(target).freshness.state, 'ok')).toBe('ok');
  expect(one.state(target)).toMatchObject({
    alerts: [],
    notMeasured: expect.stringContaining(
      'http_request_duration_seconds_count{namespace="acme",service="api"}',
    ),
  });
});

it('measures requests where nobody tells the alerts', async () => {
  prometheus.gate = url =>
    url.pathname === '/api/v1/rules' ? { status: 403, text: 'no' } : undefined;
  answer(0, 3);
  const one = start();
  expect(await eventually(() => one.state(target).freshness.state, 'ok')).toBe('ok');
  expect(one.state(target)).toMatchObject({
    requests: { errorRatio: 0 },
    alertsUnknown: 'Prometheus does not tell its alerts (forbidden).',
  });
});

it('ends no alert when one answer about alerts fails', async () => {
  answer(0, 3);
  fire({ alertname: 'A', tenant: 'acme' });
  const one = start();
  expect(await eventually(() => one.state(target).alerts.length, 1)).toBe(1);
  prometheus.gate = url =>
    url.pathname === '/api/v1/rules' ? { status: 503, text: 'no' } : undefined;
  const text = 'Prometheus does not tell its alerts (server-error).';
  expect(await eventually(() => one.state(target).alertsUnknown, text, 15_000)).toBe(text);
  expect(one.state(target).alerts).toHaveLength(1);
}, 20_000);

it('says that nothing is measured while Prometheus does not answer', async () => {
  prometheus.gate = () => ({ status: 500, text: 'no' });
  const one = start();
  const text = 'Prometheus does not answer (server-error).';
  expect(await eventually(() => one.state(target).notMeasured, text)).toBe(text);
  expect(one.state(target).freshness.state).toBe('unknown');
  expect(logger.warn).toHaveBeenCalledTimes(1);
});

it('asks nothing of a server that answers for one tenant at a time', () => {
  const one = start({ orgId: '{tenant}' });
  expect(one.state(target).notMeasured).toMatch(/one tenant at a time/);
});
