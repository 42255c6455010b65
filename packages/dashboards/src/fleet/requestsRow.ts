import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';

const legend = '{{namespace}} {{service}}';
const top = (expression: string) => [{ expression: `topk(15, ${expression})`, legend }];

/** The tenants beside each other; the fifteen highest, so that many tenants stay readable. */
export const requestsRow: Row = {
  title: 'Requests by tenant',
  panels: [
    chart({
      title: 'Requests',
      description: 'Requests a second.',
      unit: 'reqps',
      queries: top('namespace_service:http_requests:rate5m'),
    }),
    chart({
      title: 'Error ratio',
      description: 'Share of requests that ended with a server error. The objective is 0.5 %.',
      unit: 'percentunit',
      levels: [{ value: 0.005, color: 'red' }],
      queries: top('namespace_service:http_request_errors:ratio_rate5m'),
    }),
    chart({
      title: 'Duration, 95 %',
      description: '95 % of the requests were faster than this. The objective is half a second.',
      unit: 's',
      levels: [{ value: 0.5, color: 'red' }],
      queries: top('namespace_service:http_request_duration_seconds:p95_rate5m'),
    }),
  ],
};
