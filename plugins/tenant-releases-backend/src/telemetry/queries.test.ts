import fc from 'fast-check';
import { parser as logqlParser } from '@grafana/lezer-logql';
import { logLevels } from '@internal/plugin-tenant-releases-common';
import { logQuery } from './logQuery';
import { metricPresets } from '../config/telemetryServer';
import { createPanels, metricNamesOf, panelTemplates } from './panels';
import { guardLogql, guardPromql, QueryGuardError } from './queryGuard';
import { matcher, quote } from './quote';

/** Reads a string literal as Go does: https://go.dev/ref/spec#String_literals */
function unquote(literal: string): string {
  expect(literal).toMatch(/^"([^"\\\n]|\\["\\nr])*"$/);
  const plain: Record<string, string> = { n: '\n', r: '\r' };
  return literal.slice(1, -1).replace(/\\(.)/g, (_, character) => plain[character] ?? character);
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\r', '{', '}', '`', '|', ',', '=', 'a', '#'),
  }),
);

describe('quote', () => {
  it('makes one literal of any text, and loses nothing of it', () => {
    fc.assert(fc.property(nasty, text => expect(unquote(quote(text))).toBe(text)));
  });

  it('replaces half characters, which no literal may hold', () => {
    expect(quote('a\ud800b')).toBe('"a\ufffdb"');
    expect(quote('\ud83d\ude00')).toBe('"\ud83d\ude00"');
  });
});

describe('panels', () => {
  const everyPanel = metricPresets.flatMap(preset =>
    [undefined, { namespace: 'exported_namespace', service: 'service_name' }].flatMap(labels => {
      const names = metricNamesOf({ preset, labels });
      return createPanels(names).map(
        panel => [`${panel.id} of ${preset}`, names.labels.namespace, panel] as const,
      );
    }),
  );

  it.each(everyPanel)(
    'the queries of %s are bound to the tenant by %s, whatever the names are',
    (_, label, panel) => {
      fc.assert(
        fc.property(nasty, nasty, (tenant, service) => {
          for (const { query } of panel.queries) {
            const text = query({ tenant, service, windowSeconds: 60 });
            expect(() => guardPromql(text, tenant, label)).not.toThrow();
            expect(() => guardPromql(text, `${tenant}x`, label)).toThrow(QueryGuardError);
            expect(() => guardPromql(text, tenant, `${label}_x`)).toThrow(QueryGuardError);
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  const selector = 'namespace="acme",service="demo-api"';
  const requests = (matchers = selector) =>
    `sum(rate(http_request_duration_seconds_count{${matchers}}[60s]) or histogram_count(rate(http_request_duration_seconds{${matchers}}[60s])))`;
  const failed = `${requests(`${selector},status=~"5.."`)} or 0 * ${requests()}`;
  const buckets = `rate(http_request_duration_seconds_bucket{${selector}}[60s])`;
  const count = `sum(rate(http_request_duration_seconds_count{${selector}}[60s]))`;
  const native = `sum(rate(http_request_duration_seconds{${selector}}[60s]) unless ignoring(le) ${buckets})`;
  const quantiles = [`sum by (le) (${buckets})`, native].map(
    each => `histogram_quantile(0.95, ${each})`,
  );
  const [classicPart, nativePart] = quantiles.map(each => `(${each} >= 0)`);

  it.each([
    [
      ['request-rate', 'requests/s', 'area'],
      { ok: requests(`${selector},status!~"5.."`), errors: failed },
    ],
    [['error-ratio', 'ratio', 'line'], { errors: `(${failed}) / (${requests()})` }],
    [
      ['latency-p95', 's', 'line'],
      {
        p95: [
          `(${classicPart} * ${count} + ${nativePart} * histogram_count(${native})) / (${count} + histogram_count(${native}))`,
          classicPart,
          nativePart,
          ...quantiles,
        ].join(' or '),
      },
    ],
    [['cpu', 'cores', 'area'], { cpu: `sum(rate(process_cpu_seconds_total{${selector}}[60s]))` }],
    [['memory', 'bytes', 'area'], { memory: `sum(process_resident_memory_bytes{${selector}})` }],
  ])('asks for %s', ([id, unit, kind], queries) => {
    const panel = panelTemplates.find(template => template.id === id)!;
    expect(panel).toMatchObject({ unit, kind, title: expect.stringMatching(/^[A-Z]/) });
    const target = { tenant: 'acme', service: 'demo-api', windowSeconds: 60 };
    const asked = panel.queries.map(({ name, query }) => [name, query(target)]);
    expect(Object.fromEntries(asked)).toEqual(queries);
  });

  it('offers no others', () => {
    expect(panelTemplates).toHaveLength(5);
  });

  const queriesOf = (...[server]: Parameters<typeof metricNamesOf>) =>
    createPanels(metricNamesOf(server)).flatMap(({ queries }) =>
      queries.map(({ query }) => query({ tenant: 'acme', service: 'demo-api', windowSeconds: 60 })),
    );

  it('reads the names of OpenTelemetry, with the labels that are configured', () => {
    const labels = { namespace: 'exported_namespace', service: 'service_name' };
    const [, errors] = queriesOf({ preset: 'opentelemetry', labels });
    expect(errors).toContain(
      'sum(rate(http_server_request_duration_seconds_count{exported_namespace="acme",service_name="demo-api",http_response_status_code=~"5.."}[60s]) or ',
    );
  });

  it('reads the names of Spring', () => {
    const [ok, , , , cpu, memory] = queriesOf({
      preset: 'spring',
      labels: { service: 'application' },
    });
    const own = 'namespace="acme",application="demo-api"';
    expect(ok).toContain(
      `sum(rate(http_server_requests_seconds_count{${own},outcome!="SERVER_ERROR"}[60s]) or `,
    );
    expect(cpu).toBe(`sum(process_cpu_usage{${own}} * system_cpu_count{${own}})`);
    expect(memory).toBe(`sum(jvm_memory_used_bytes{${own}})`);
  });

  it('reads the names of Istio, each request once', () => {
    const own =
      'destination_service_namespace="acme",destination_workload="demo-api",reporter!="source"';
    const [ok, , , p95, ...others] = queriesOf({ preset: 'istio' });
    expect(ok).toBe(`sum(rate(istio_requests_total{${own},response_code!~"5.."}[60s]))`);
    expect(p95).toMatch(/^\(\(.*histogram_quantile\(.*\) \* 0\.001$/);
    expect(p95).toContain(`rate(istio_request_duration_milliseconds_bucket{${own}}[60s])`);
    expect(others).toEqual([]);
  });
});

describe('logQuery', () => {
  it.each([
    [{}, '{namespace="acme",app="demo-api"}'],
    [{ version: 'sha-1' }, '{namespace="acme",app="demo-api",version="sha-1"}'],
    [{ q: 'a "b" \\ c' }, '{namespace="acme",app="demo-api"} |= "a \\"b\\" \\\\ c"'],
  ])('of %j', (filter, expected) => {
    expect(logQuery({ tenant: 'acme', service: 'demo-api', ...filter })).toBe(expected);
  });

  it('selects by the labels that are configured', () => {
    const labels = {
      namespace: 'k8s_namespace_name',
      service: 'service_name',
      version: 'service_version',
    };
    const query = logQuery({ tenant: 'acme', service: 'demo-api', version: 'sha-1' }, labels);
    expect(query).toBe(
      '{k8s_namespace_name="acme",service_name="demo-api"} | service_version="sha-1"',
    );
    expect(guardLogql(query, 'acme', 'k8s_namespace_name')).toBe(query);
    expect(() => guardLogql(query, 'acme')).toThrow(QueryGuardError);
    expect(() => guardLogql(query, 'globex', 'k8s_namespace_name')).toThrow(QueryGuardError);
  });

  it('keeps any text inside its literal and the query inside the tenant', () => {
    const level = fc.option(fc.constantFrom(...logLevels), { nil: undefined });
    fc.assert(
      fc.property(nasty, level, (q, found) => {
        const query = logQuery({ tenant: 'acme', service: 'demo-api', q, level: found });
        expect(guardLogql(query, 'acme')).toBe(query);
        let stages = 0;
        logqlParser.parse(query).iterate({
          enter: ({ name }) => {
            if (name === 'PipelineStage') stages += 1;
          },
        });
        expect(stages).toBe((q ? 1 : 0) + (found ? 2 : 0));
      }),
    );
  });
});

describe('guardPromql', () => {
  const own = matcher('namespace', 'acme');

  it.each([
    `up{${own}}`,
    `sum(rate(x{a="b",${own}}[5m])) / sum(rate(y{${own}}[5m]))`,
    `x{${own}} or 0 * y{${own},c=~"d"}`,
  ])('lets %s pass', query => {
    expect(guardPromql(query, 'acme')).toBe(query);
  });

  it('says what is wrong with a query, but not the query', () => {
    const refuse = (query: string) => () => guardPromql(query, 'acme');
    const problems = {
      'x{': 'it cannot be parsed',
      'x{a="b"}': 'a selector is not bound to the tenant',
      '1 + 1': 'it selects nothing',
    };
    for (const [query, problem] of Object.entries(problems)) {
      expect(refuse(query)).toThrow(new QueryGuardError(problem));
      expect(refuse(query)).toThrow(/^Refused to send a query: /);
    }
  });

  it.each([
    ['no matcher', 'up'],
    ['a matcher of another selector before it', `x{${own}} + y`],
    ['a label of that name in a list', `sum by (namespace) (x{a=${quote(own)}})`],
    ['a selector without it', `x{${own}} / y`],
    ['a selector without it in a subquery', `max_over_time(sum(rate(x[1m]))[5m:]) + y{${own}}`],
    ['another tenant', 'x{namespace="globex"}'],
    ['a regular expression', 'x{namespace=~"acme"}'],
    ['a negation', 'x{namespace!="acme"}'],
    ['the matcher in a comment', `x # ${own}`],
    ['the matcher in a string', `x{a="${own.replace(/"/g, '\\"')}"}`],
    ['no query', ''],
    ['no selector', 'vector(1)'],
    ['an unfinished query', `x{${own}`],
    ['two queries', `x{${own}} x{${own}}`],
  ])('refuses %s', (_, query) => {
    expect(() => guardPromql(query, 'acme')).toThrow(QueryGuardError);
  });
});

describe('guardLogql', () => {
  const own = matcher('namespace', 'acme');

  it.each([
    `{${own}}`,
    `{app="x",${own}} |= "namespace" | json`,
    `{${own}} | json | ${own}`,
    `sum(rate({${own}}[1m])) / sum(rate({${own}} | ${own}[1m]))`,
  ])('lets %s pass', query => {
    expect(guardLogql(query, 'acme')).toBe(query);
  });

  it.each([
    ['no matcher', '{app="x"}'],
    ['the matcher only as a filter', `{app="x"} | ${own}`],
    ['a regular expression', '{namespace=~"acme"}'],
    ['another tenant', '{namespace="globex"}'],
    [
      'a filter before a selector without it',
      `sum(rate({${own}} | ${own}[1m])) + sum(rate({a="b"}[1m]))`,
    ],
    ['a second selector', `sum(rate({${own}}[1m])) + sum(rate({app="x"}[1m]))`],
    ['text that is no query', 'hello'],
    ['no query', ''],
  ])('refuses %s', (_, query) => {
    expect(() => guardLogql(query, 'acme')).toThrow(QueryGuardError);
  });
});
