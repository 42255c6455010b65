import type { Row } from '../parts/dashboard';
import { chart } from '../parts/panels';

const top = (expression: string, legend: string) => [
  { expression: `topk(15, ${expression})`, legend },
];

/** Which tenants are about to hit what they may use. */
export const saturationRow: Row = {
  title: 'Saturation by tenant',
  panels: [
    chart({
      title: 'Memory',
      description: 'Share of its memory limit that the fullest container of the tenant uses.',
      unit: 'percentunit',
      max: 1,
      levels: [{ value: 0.9, color: 'red' }],
      queries: top(
        'max by (namespace) (namespace_pod_container:container_memory_working_set:limit_ratio)',
        '{{namespace}}',
      ),
    }),
    chart({
      title: 'CPU',
      description: 'Share of its CPU limit that the busiest container of the tenant uses.',
      unit: 'percentunit',
      max: 1,
      levels: [{ value: 0.9, color: 'red' }],
      queries: top(
        'max by (namespace) (namespace_pod_container:container_cpu_usage:limit_ratio_rate5m)',
        '{{namespace}}',
      ),
    }),
    chart({
      title: 'Quota',
      description: 'The resource of which the tenant has used up most.',
      unit: 'percentunit',
      max: 1,
      levels: [{ value: 0.9, color: 'red' }],
      queries: top(
        'max by (namespace) (namespace_resource:kube_resourcequota:used_ratio)',
        '{{namespace}}',
      ),
    }),
  ],
};
