import { readText, readYaml } from './__testUtils__/files';
import { filledIn, platformQueries, queriesOf, rules } from './__testUtils__/queries';
import { selectorsOf } from './__testUtils__/parse';
import { dashboards } from './dashboards';

interface ScrapeConfig {
  job_name: string;
  metric_relabel_configs?: { action: string; regex: string }[];
}

const values = { tenant: 'tenant-a', service: 'demo-api' };
const all = platformQueries().map(query => ({ ...query, text: filledIn(query.text, values) }));

describe('the queries of dashboards and rules', () => {
  it.each(all.map(query => [query.where, query] as const))('%s can be parsed', (_, query) => {
    const constant = query.text === 'vector(1)';
    expect(selectorsOf(query.text, query.language).length > 0).toBe(!constant);
  });

  it('are noticed when they cannot be parsed', () => {
    expect(() => selectorsOf('sum(rate(x[1m])', 'promql')).toThrow('cannot be parsed');
    expect(() => selectorsOf('{a="b"', 'logql')).toThrow('cannot be parsed');
  });

  it('use only series that a rule makes or an exporter has', () => {
    const recorded = rules().flatMap(({ record }) => record ?? []);
    const used = all
      .filter(({ language }) => language === 'promql')
      .flatMap(({ text }) => selectorsOf(text, 'promql'))
      .map(({ metric }) => metric)
      .filter(metric => metric.includes(':'));
    expect(used.filter(metric => !recorded.includes(metric))).toEqual([]);
    // One that nothing reads is a cost without a use.
    expect(recorded.filter(metric => !used.includes(metric))).toEqual([]);
  });
});

describe('what is collected', () => {
  const used = new Set(
    all
      .filter(({ language }) => language === 'promql')
      .flatMap(({ text }) => selectorsOf(text, 'promql'))
      .map(({ metric }) => metric),
  );
  const usedOf = (prefix: RegExp) => [...used].filter(metric => prefix.test(metric)).sort();

  it('of kube-state-metrics is what queries read, and no more', () => {
    const [, list] = /--metric-allowlist=(\S+)/.exec(
      readText('prometheus/kube-state-metrics/deployment.yaml'),
    )!;
    expect(list.split(',')).toEqual(usedOf(/^kube_/));
  });

  it.each([
    ['kubelet-cadvisor', /^container_/],
    ['argocd', /^argocd_/],
  ])('of %s is what queries read, and no more', (job, prefix) => {
    const { scrape_configs: jobs } = readYaml<{ scrape_configs: ScrapeConfig[] }>(
      'prometheus/prometheus.yaml',
    );
    const [{ action, regex }] = jobs.find(({ job_name: name }) => name === job)!
      .metric_relabel_configs!;
    expect(action).toBe('keep');
    expect(regex.split('|')).toEqual(usedOf(prefix));
  });
});

describe('the dashboard of a tenant', () => {
  const queries = queriesOf(dashboards('https://portal.example.com')['tenant-release.json']);

  it.each(queries.map(query => [query.where, query] as const))(
    '%s reads the chosen tenant only',
    (where, query) => {
      const [first] = selectorsOf(filledIn(query.text, values), query.language);
      // The list of tenants to choose from, and Argo CD's counter, which has no other name for a tenant.
      if (where.endsWith('variable tenant')) return;
      const own =
        first.metric === 'argocd_app_sync_total' ? 'name="tenant-a"' : 'namespace="tenant-a"';
      for (const { matchers } of selectorsOf(filledIn(query.text, values), query.language)) {
        expect(matchers).toContain(own);
      }
    },
  );
});

describe('alerts', () => {
  const alerts = rules().flatMap(rule => (rule.alert ? [[rule.alert, rule] as const] : []));

  it.each(alerts)('%s says how urgent it is, and where to go on', (_, { labels, annotations }) => {
    expect(labels?.severity).toMatch(/^(critical|warning|none)$/);
    expect(Object.keys(annotations ?? {}).sort()).toEqual([
      'description',
      'portal_url',
      'runbook_url',
      'summary',
    ]);
    expect(annotations?.portal_url).toContain('{{ $externalLabels.portal_url }}/');
  });

  it.each(alerts.filter(([name]) => name.startsWith('Tenant')))(
    '%s is sent to the owner of the tenant',
    (_, { labels, expr }) => {
      expect(labels?.tenant).toBe('{{ $labels.namespace }}');
      // The owner comes from the join; a label would hide it.
      expect(labels).not.toHaveProperty('owner');
      expect(expr.trim()).toMatch(
        /\)\s*\* on \(namespace\) group_left \(owner\) namespace:tenant:info$/,
      );
    },
  );

  it.each(alerts.filter(([name]) => !name.startsWith('Tenant')))(
    '%s is sent to the platform',
    (name, { labels }) => {
      expect(name).toMatch(/^(Platform|Watchdog$)/);
      expect(labels?.owner).toBe('group:default/platform');
    },
  );
});
