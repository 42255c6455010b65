import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';
import { ofContainer, ofService, ofTenant } from './selectors';

const setting = (kind: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
  `max(kube_pod_container_resource_${kind}{${ofContainer},resource="${resource}"})`;

/** How much is left of what the service may use. */
export const saturationRow: Row = {
  title: 'Saturation',
  panels: [
    chart({
      title: 'CPU of each pod',
      description: 'In cores. At its limit a container is held back, and requests wait.',
      unit: 'short',
      queries: [
        {
          expression: `sum by (pod) (rate(container_cpu_usage_seconds_total{${ofContainer}}[$__rate_interval]))`,
          legend: '{{pod}}',
        },
        { expression: setting('requests', 'cpu'), legend: 'requested' },
        { expression: setting('limits', 'cpu'), legend: 'limit' },
      ],
    }),
    chart({
      title: 'Memory of each pod',
      description: 'At its limit a container is killed and started anew.',
      unit: 'bytes',
      queries: [
        {
          expression: `max by (pod) (container_memory_working_set_bytes{${ofContainer}})`,
          legend: '{{pod}}',
        },
        { expression: setting('requests', 'memory'), legend: 'requested' },
        { expression: setting('limits', 'memory'), legend: 'limit' },
      ],
    }),
    chart({
      title: 'Quota',
      description: 'Share of the tenant’s quota in use. A release needs room for one pod more.',
      unit: 'percentunit',
      max: 1,
      levels: [{ value: 0.9, color: 'red' }],
      queries: [
        {
          expression: `namespace_resource:kube_resourcequota:used_ratio{${ofTenant}}`,
          legend: '{{resource}}',
        },
      ],
    }),
    chart({
      title: 'Event loop lag',
      description: 'How late Node.js is, 99th percentile. Over a tenth of a second it is too busy.',
      unit: 's',
      width: 12,
      levels: [{ value: 0.1, color: 'red' }],
      queries: [
        {
          expression: `max by (pod) (nodejs_eventloop_lag_p99_seconds{${ofService}})`,
          legend: '{{pod}}',
        },
      ],
    }),
    chart({
      title: 'Restarts',
      description: 'Restarts of containers within a quarter of an hour; more than two are alerted.',
      unit: 'short',
      width: 12,
      levels: [{ value: 2, color: 'red' }],
      queries: [
        {
          expression: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${ofContainer}}[15m]))`,
          legend: '{{pod}}',
        },
      ],
    }),
  ],
};
