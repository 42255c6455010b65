import { parser } from '@prometheus-io/lezer-promql';
import { metricPresets } from '../config/telemetryServer';
import { metricNamesOf } from '../telemetry/panels';
import { failingQuery, requestsQuery } from './fleetQueries';

describe.each(metricPresets)('the queries of the fleet with %s', preset => {
  const names = metricNamesOf({ preset });
  it.each([
    ['requests', requestsQuery(names, 60)],
    ['failing', failingQuery(names, 60, 0.05)],
  ])('%s is PromQL', (_, query) => {
    let errors = 0;
    parser.parse(query).iterate({
      enter: ({ type }) => {
        errors += Number(type.isError);
      },
    });
    expect(errors).toBe(0);
  });
});

it('takes the labels of the configuration', () => {
  const names = metricNamesOf({ labels: { namespace: 'exported_namespace', service: 'app' } });
  expect(failingQuery(names, 240, 0.05)).toContain(
    'sum by (exported_namespace, app) (rate(http_request_duration_seconds_count{exported_namespace!="",status=~"5.."}[240s]) or',
  );
});
