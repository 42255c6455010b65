/** Holds the Prometheus that the platform runs, with its configuration, to answers of a real 3.14. */
import {
  prometheusSettings,
  querySample,
  startTargets,
} from '../prometheus/__testUtils__/prometheusFixture';
import { startPrometheus } from '../prometheus';
import type { RunningServer } from '../settings';
import parseError from './recorded/prometheus/parse-error.json';
import queryApplication from './recorded/prometheus/query-application.json';
import queryEmpty from './recorded/prometheus/query-empty.json';
import queryRange from './recorded/prometheus/query-range.json';
import tooManyPoints from './recorded/prometheus/too-many-points.json';
import { shapeOf } from './shape';

jest.setTimeout(60_000);

let targets: Awaited<ReturnType<typeof startTargets>>;
let fixture: Awaited<ReturnType<typeof prometheusSettings>>;
let prometheus: RunningServer;

beforeAll(async () => {
  targets = await startTargets();
  const [{ metric }] = queryApplication.body.data.result;
  const { __name__: name, instance, job, component, ...labels } = metric;
  const text = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  targets.setMetrics(`${name}{${text.join(',')}} 1\n`);
  // The addresses of the recording are labels here: there is one server behind all of them.
  const components = queryRange.body.data.result.map(each => each.metric);
  targets.setTargets(
    components.map(each => ({
      targets: [targets.address],
      labels: { job: each.job, component: each.component, instance: each.instance },
    })),
  );
  fixture = await prometheusSettings(targets.port);
  prometheus = await startPrometheus(fixture.settings);
  await querySample(
    prometheus.url,
    'count(argocd_app_info)',
    ({ value }) => Number(value[1]) === components.length,
  );
});
afterAll(async () => {
  await prometheus?.close();
  await targets.close();
  fixture?.remove();
});

interface Recording {
  request: string;
  status: number;
  contentType: string;
}

async function send(recording: Recording, change: Record<string, string> = {}) {
  const url = new URL(recording.request.split(' ')[1], prometheus.url);
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
  const response = await fetch(url);
  expect(response.status).toBe(recording.status);
  expect(response.headers.get('content-type')).toBe(recording.contentType);
  return response.json();
}

describe('Prometheus answers as recorded:', () => {
  it.each<[string, Recording & { body: unknown }]>([
    ['too many points', tooManyPoints],
    ['nothing found', queryEmpty],
  ])('%s with its exact body', async (_, recording) => {
    expect(await send(recording)).toEqual(recording.body);
  });

  it('a parse error, which before 3.0 did not name the parameter', async () => {
    const body = await send(parseError);
    const withPrefix = (text: string) => text.replace(/^(?=\d)/, 'invalid parameter "query": ');
    expect({ ...body, error: withPrefix(body.error) }).toEqual(parseError.body);
  });

  it('a sample with its labels, and its value as text', async () => {
    const query = 'argocd_app_info{name="smoke",component="application-controller"}';
    const body = await send(queryApplication, { query });
    expect(shapeOf(body)).toEqual(shapeOf(queryApplication.body));
    const [recorded] = queryApplication.body.data.result;
    expect(body.data.result).toEqual([{ ...recorded, value: [expect.any(Number), '1'] }]);
  });

  it('series of a range at each step', async () => {
    const end = Math.floor(Date.now() / 1000) + 10;
    // The platform's own Argo CD, which is not there in this test, has no component.
    const query = 'up{job="argocd",component!=""}';
    const body = await send(queryRange, { query, start: String(end - 15), end: String(end) });
    expect(shapeOf(body)).toEqual(shapeOf(queryRange.body));
    const metrics = (all: { metric: object }[]) => all.map(({ metric }) => metric);
    expect(metrics(body.data.result)).toEqual(metrics(queryRange.body.data.result));
    for (const { values } of body.data.result) {
      expect(values.at(-1)).toEqual([end, '1']);
      expect(values.every(([time]: [number]) => (end - time) % 5 === 0)).toBe(true);
    }
  });
});
