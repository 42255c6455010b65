import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';
import { ofService } from './selectors';

const rate = (more = '') =>
  `sum(rate(http_request_duration_seconds_count{${ofService}${more}}[$__rate_interval]))`;
const errors = `(${rate(',status=~"5.."')} or 0 * ${rate()})`;
const quantile = (q: number) =>
  `histogram_quantile(${q}, sum by (le) (rate(http_request_duration_seconds_bucket{${ofService}}[$__rate_interval])))`;

/** Rate, errors, duration: what the tenant's users notice. */
export const requestsRow: Row = {
  title: 'Requests',
  panels: [
    chart({
      title: 'Requests',
      description: 'Requests a second, by how they ended. Probes and scrapes are not counted.',
      unit: 'reqps',
      stacked: true,
      queries: [
        { expression: rate(',status!~"5.."'), legend: 'ok' },
        { expression: errors, legend: 'errors' },
      ],
    }),
    chart({
      title: 'Error ratio',
      description: 'Share of requests that ended with a server error. The objective is 0.5 %.',
      unit: 'percentunit',
      levels: [{ value: 0.005, color: 'red' }],
      queries: [{ expression: `${errors} / (${rate()} > 0)`, legend: 'errors' }],
    }),
    chart({
      title: 'Duration',
      description:
        'Half, 95 % and 99 % of the requests were faster than this. The objective for 95 % is half a second.',
      unit: 's',
      levels: [{ value: 0.5, color: 'red' }],
      queries: [0.5, 0.95, 0.99].map(q => ({
        expression: quantile(q),
        legend: `${Math.round(q * 100)} %`,
      })),
    }),
    chart({
      title: 'Requests by route',
      description: 'Requests a second, by the pattern of the route.',
      unit: 'reqps',
      width: 12,
      queries: [
        {
          expression: `sum by (route) (rate(http_request_duration_seconds_count{${ofService}}[$__rate_interval]))`,
          legend: '{{route}}',
        },
      ],
    }),
    chart({
      title: 'Requests being answered',
      description: 'Of all pods. It grows when the service does not keep up.',
      unit: 'short',
      width: 12,
      queries: [
        {
          expression: `sum by (pod) (http_requests_in_flight{${ofService}})`,
          legend: '{{pod}}',
        },
      ],
    }),
  ],
};
