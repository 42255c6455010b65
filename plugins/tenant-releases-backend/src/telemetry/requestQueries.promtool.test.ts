import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPanels, metricNamesOf } from './panels';

const tools = path.resolve(__dirname, '../../../../.tools');
/** The newest promtool of this machine and its major version: from 3 on its tests know native histograms. */
const [promtool] = [
  ...(process.env.PATH ?? '').split(path.delimiter),
  path.join(tools, 'bin'),
  path.join(tools, 'prometheus/usr/bin'),
]
  .map(folder => path.join(folder, 'promtool'))
  .map(file => ({ file, version: versionOf(file) }))
  .filter(({ version }) => version > 0)
  .sort((a, b) => b.version - a.version);

function versionOf(file: string): number {
  if (!existsSync(file)) return 0;
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return Number(/^promtool, version (\d+)/.exec(stdout)?.[1] ?? 0);
}

const metric = 'http_request_duration_seconds';
const own = 'namespace="acme",service="demo-api"';

/** A pod with a classic histogram: so many requests a minute, all between 1 and 2 s. */
const classic = (pod: string, perMinute: number, status = 200) => {
  const labels = `${own},pod="${pod}",status="${status}"`;
  return {
    [`${metric}_count{${labels}}`]: `0+${perMinute}x60`,
    [`${metric}_bucket{${labels},le="1"}`]: '0x60',
    [`${metric}_bucket{${labels},le="2"}`]: `0+${perMinute}x60`,
    [`${metric}_bucket{${labels},le="+Inf"}`]: `0+${perMinute}x60`,
  };
};
/** A pod with a native one: so many requests a minute, all between 4 and 8 s. */
const native = (pod: string, perMinute: number, status = 200) => ({
  [`${metric}{${own},pod="${pod}",status="${status}"}`]: `{{schema:0 count:0 sum:0 buckets:[0] offset:3}}+{{schema:0 count:${perMinute} sum:${
    perMinute * 6
  } buckets:[${perMinute}] offset:3}}x60`,
});

const cases: Array<{
  what: string;
  series: Record<string, string>;
  /** Requests a second that did not fail. */
  served: number;
  ratio: number;
  p95: number;
}> = [
  {
    what: 'classic histograms',
    series: { ...classic('a', 60), ...classic('b', 60, 500) },
    served: 1,
    ratio: 0.5,
    p95: 1.95,
  },
  {
    what: 'native histograms',
    series: { ...native('a', 60), ...native('b', 60, 500) },
    served: 1,
    ratio: 0.5,
    // Within a bucket a native histogram is interpolated exponentially: 4 * 2 ** 0.95.
    p95: 7.727490631006,
  },
  {
    what: 'old pods with classic, new ones with native histograms',
    series: { ...classic('a', 60), ...native('b', 180), ...native('c', 120, 500) },
    served: 4,
    ratio: 1 / 3,
    p95: (1.95 * 1 + 7.727490631006 * 5) / 6,
  },
  {
    what: 'old pods without requests beside new ones with a native histogram',
    series: { ...classic('a', 0), ...native('b', 60) },
    served: 1,
    ratio: 0,
    p95: 7.727490631006,
  },
  {
    what: 'new pods without requests beside old ones with a classic histogram',
    series: { ...classic('a', 60), ...native('b', 0) },
    served: 1,
    ratio: 0,
    p95: 1.95,
  },
  {
    what: 'pods that have both kinds at once',
    series: { ...classic('a', 60), ...native('a', 60) },
    served: 1,
    ratio: 0,
    p95: 1.95,
  },
];

/** What promtool finds wrong with expressions over series; '' when all is as expected. */
function findings(series: Record<string, string>, tests: object[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'promtool-'));
  const file = path.join(folder, 'test.yml');
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const group = { interval: '60s', input_series: input, promql_expr_test: tests };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ evaluation_interval: '15s', tests: [group] }));
  const { status, stdout, stderr } = spawnSync(promtool.file, ['test', 'rules', file], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

(promtool ? describe : describe.skip)('a real Prometheus that scrapes each minute', () => {
  const panels = createPanels(metricNamesOf({}));
  const query = (panelId: string) =>
    panels
      .find(({ id }) => id === panelId)!
      .queries[0].query({ tenant: 'acme', service: 'demo-api', windowSeconds: 240 });

  const isKnown = ({ series }: (typeof cases)[number]) =>
    promtool?.version >= 3 || !Object.values(series).some(values => values.startsWith('{{'));

  it.each(cases.filter(isKnown))(
    'counts the requests of $what',
    ({ series, served, ratio, p95 }) => {
      const expected: Array<[panelId: string, value: number]> = [
        ['request-rate', served],
        ['error-ratio', ratio],
        ['latency-p95', p95],
      ];
      const tests = expected.flatMap(([panelId, value]) =>
        // On a scrape, and between two.
        ['30m', '30m15s'].map(at => ({
          expr: `round(${query(panelId)}, 0.001)`,
          eval_time: at,
          exp_samples: [{ labels: '{}', value: Number(value.toFixed(3)) }],
        })),
      );
      expect(findings(series, tests)).toBe('');
    },
  );
});
