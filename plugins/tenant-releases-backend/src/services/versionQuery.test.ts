import { parser } from '@prometheus-io/lezer-promql';
import { metricNames } from '../telemetry/metricNames';
import { measuredVersions, versionQuery } from './versionQuery';

describe('versionQuery', () => {
  it.each(Object.entries(metricNames))('is PromQL of the one service alone: %s', (_, names) => {
    const service = 'demo"api\\';
    const query = versionQuery(names, service, 300);
    let selectors = 0;
    parser.parse(query).iterate({
      enter(node) {
        expect(node.type.isError).toBe(false);
        if (node.name !== 'VectorSelector') return;
        selectors += 1;
        const text = query.slice(node.from, node.to);
        expect(text).toContain(`${names.labels.service}="demo\\"api\\\\"`);
        expect(text).toContain('version!=""');
      },
    });
    expect(selectors).toBeGreaterThanOrEqual(4);
  });

  it('sorts answers by version, and leaves out what is of no tenant and what is no number', () => {
    const sample = (part: string, value: number, version?: string, namespace?: string) => ({
      labels: {
        tenant_releases_part: part,
        ...(version ? { version } : {}),
        ...(namespace ? { namespace } : {}),
      },
      value,
    });
    const found = measuredVersions(
      [
        sample('all', 2, 'v1', 'a'),
        sample('failed', 1, 'v1', 'a'),
        sample('all', 2, 'v1', 'tests'),
        sample('failed', 2, 'v1', 'tests'),
        sample('all', 2, 'v1'),
        sample('all', 2, undefined, 'a'),
        sample('all', NaN, 'v1', 'a'),
        sample('p95', 250, 'v1'),
        sample('p95', Infinity, 'v2'),
      ],
      { labels: { namespace: 'namespace', service: 'service' }, seconds: 0.001 },
      300,
      tenant => tenant === 'a',
    );
    expect([...found]).toEqual([['v1', { all: new Map([['a', 600]]), failed: 300, p95: 0.25 }]]);
  });
});
