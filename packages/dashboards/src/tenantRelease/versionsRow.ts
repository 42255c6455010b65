import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';
import { ofService } from './selectors';

/** A release beside the one before it. */
export const versionsRow: Row = {
  title: 'Version by version',
  panels: [
    chart({
      title: 'Pods by version',
      description: 'How far a release has come. It is done when one version is left.',
      unit: 'short',
      stacked: true,
      queries: [
        { expression: `count by (version) (up{${ofService}} == 1)`, legend: '{{version}}' },
      ],
    }),
    chart({
      title: 'Error ratio by version',
      description: 'A version that is worse than the one before it should be rolled back.',
      unit: 'percentunit',
      levels: [{ value: 0.005, color: 'red' }],
      queries: [
        {
          expression: `namespace_service_version:http_request_errors:ratio_rate5m{${ofService}}`,
          legend: '{{version}}',
        },
      ],
    }),
    chart({
      title: 'Duration by version',
      description: '95 % of the requests were faster than this.',
      unit: 's',
      queries: [
        {
          expression: `histogram_quantile(0.95, sum by (le, version) (rate(http_request_duration_seconds_bucket{${ofService}}[$__rate_interval])))`,
          legend: '{{version}}',
        },
      ],
    }),
  ],
};
