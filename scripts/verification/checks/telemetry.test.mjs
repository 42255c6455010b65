import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  judgeDataSources,
  judgeGrafana,
  judgeProvisioned,
  judgeRules,
  judgeUp,
} from './telemetry.mjs';
import { judgeLogs, judgeMetrics, judgeTargets, judgeVersions } from './tenantTelemetry.mjs';

const page = version =>
  `# HELP demo_api_build_info Which version runs\n# TYPE demo_api_build_info gauge\ndemo_api_build_info{version="${version}",commit="0"} 1\n`;
const target = (namespace, health, rest = {}) => ({
  labels: { namespace, pod: 'demo-api-1' },
  health,
  lastError: '',
  ...rest,
});
const targets = (...activeTargets) => judgeTargets({ data: { activeTargets } }, 'tenant-a');
const vector = (...result) => ({ data: { result } });
const streams = (...counts) => ({
  status: 'success',
  data: { result: counts.map(count => ({ values: Array(count).fill(['1', 'line']) })) },
});
const provisioned = (...texts) => ({ items: texts.map(text => ({ data: { 'x.yaml': text } })) });
const rules = (...list) => ({ data: { groups: list.length ? [{ rules: list }] : [] } });

/** Rows of: what, verdict, its result, and what its detail says. */
const rows = [
  ['the version of the pod', judgeMetrics(page('sha-1'), 'sha-1'), 'pass', /says sha-1/],
  ['another version', judgeMetrics(page('sha-2'), 'sha-1'), 'fail', /says sha-2, .* sha-1/],
  [
    'a page without version',
    judgeMetrics('up 1\n', 'sha-1'),
    'fail',
    /without demo_api_build_info/,
  ],
  ['targets up', targets(target('tenant-a', 'up'), target('other', 'down')), 'pass', /^1 of 1/],
  ['no target', targets(target('other', 'up')), 'fail', /scrapes nothing/],
  [
    'a target down',
    targets(target('tenant-a', 'down', { lastError: 'connection refused' })),
    'fail',
    /demo-api-1 \(connection refused\)/,
  ],
  [
    'a version in Prometheus',
    judgeVersions(vector({ metric: { version: 'sha-1' }, value: [0, '2'] })),
    'pass',
    /sha-1 on 2 pods/,
  ],
  ['no version in Prometheus', judgeVersions(vector()), 'fail', /no demo_api_build_info/],
  ['log lines', judgeLogs(streams(2, 3), '{a="b"}', false), 'pass', /5 lines/],
  ['no log lines', judgeLogs(streams(), '{a="b"}', false), 'fail', /no line/],
  ['no line with an error', judgeLogs(streams(), '{a="b"}', true), 'pass', /0 lines/],
  ['an empty Prometheus', judgeUp(vector()), 'fail', /scrapes nothing/],
  [
    'a Prometheus',
    judgeUp(vector({ value: [0, '1'] }, { value: [0, '0'] })),
    'pass',
    /1 of 2 targets up/,
  ],
  ['no rules', judgeRules(rules()), 'fail', /no alerting rules/],
  ['no rules on the embedded platform', judgeRules(rules(), true), 'not here', /embedded/],
  ['a sick rule', judgeRules(rules({ name: 'Slow', health: 'err' })), 'fail', /Slow/],
  ['rules', judgeRules(rules({ name: 'Slow', health: 'ok' })), 'pass', /^1 alerting/],
  [
    'one default data source',
    judgeDataSources([{ name: 'Prometheus', isDefault: true }, { name: 'Loki' }]),
    'pass',
    /default is Prometheus/,
  ],
  [
    'two defaults',
    judgeDataSources([
      { name: 'Prometheus', isDefault: true },
      { name: 'Other', isDefault: true },
    ]),
    'fail',
    /2 default data sources: Prometheus, Other/,
  ],
  ['Grafana', judgeGrafana({ database: 'ok', version: '12.4' }), 'pass', /12\.4/],
  ['Grafana without a database', judgeGrafana({ database: 'failing' }), 'fail', /database/],
  [
    'one default is provisioned',
    judgeProvisioned(
      provisioned('datasources:\n  - name: a\n    isDefault: true\n  - isDefault: false\n'),
    ),
    'pass',
    /one data source/,
  ],
  [
    'two defaults are provisioned, by two files',
    judgeProvisioned(
      provisioned('datasources:\n  - isDefault: true\n', 'datasources:\n  - isDefault: true\n'),
    ),
    'fail',
    /^2 data sources/,
  ],
  ['nothing is provisioned', judgeProvisioned(provisioned('a: b\n')), 'not here', /no ConfigMap/],
  ['no default', judgeDataSources([{ name: 'Loki', isDefault: false }]), 'fail', /0 default/],
];

describe('telemetry', () => {
  for (const [what, verdict, result, detail] of rows) {
    it(`${what}: ${result}`, () => {
      assert.equal(verdict.result, result);
      assert.match(verdict.detail, detail);
    });
  }
});
