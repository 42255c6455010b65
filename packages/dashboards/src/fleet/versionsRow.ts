import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';
import { releasesTable } from './releasesTable';

/** How releases go through the fleet. */
export const versionsRow: Row = {
  title: 'Releases',
  panels: [
    releasesTable(),
    chart({
      title: 'Pods by version',
      description: 'How far each version has come over all tenants.',
      unit: 'short',
      stacked: true,
      width: 12,
      queries: [{ expression: 'count by (version) (up{version!=""} == 1)', legend: '{{version}}' }],
    }),
    chart({
      title: 'Error ratio by version',
      description: 'Over all tenants that run it. A version that is worse everywhere is a bad one.',
      unit: 'percentunit',
      width: 12,
      levels: [{ value: 0.005, color: 'red' }],
      queries: [
        {
          expression:
            'sum by (version) (namespace_service_version:http_request_errors:ratio_rate5m * on (namespace, service, version) namespace_service_version:http_requests:rate5m) / (sum by (version) (namespace_service_version:http_requests:rate5m) > 0)',
          legend: '{{version}}',
        },
      ],
    }),
  ],
};
