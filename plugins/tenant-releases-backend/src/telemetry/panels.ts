import type { PanelInfo } from '@internal/plugin-tenant-releases-common';
import { matcher } from './quote';

/** A panel: its queries are made for one release, and each is one line of the chart. */
export interface PanelTemplate extends PanelInfo {
  queries: Array<{ name: string; query(target: PanelTarget): string }>;
}

/** What a panel's queries are made for. */
export interface PanelTarget {
  tenant: string;
  service: string;
  /** Seconds that a rate is taken over. */
  windowSeconds: number;
}

const requests = 'http_request_duration_seconds';

/** Templates use only what Prometheus 2.42 and 3.x share. */
export const panelTemplates: readonly PanelTemplate[] = [
  {
    id: 'request-rate',
    title: 'Requests',
    unit: 'requests/s',
    kind: 'area',
    queries: [
      { name: 'ok', query: target => rate(`${requests}_count`, target, 'status!~"5.."') },
      { name: 'errors', query: errorRate },
    ],
  },
  {
    id: 'error-ratio',
    title: 'Errors',
    unit: 'ratio',
    kind: 'line',
    queries: [
      {
        name: 'errors',
        query: target => `(${errorRate(target)}) / ${rate(`${requests}_count`, target)}`,
      },
    ],
  },
  {
    id: 'latency-p95',
    title: 'Latency, 95th percentile',
    unit: 's',
    kind: 'line',
    queries: [
      {
        name: 'p95',
        query: target =>
          `histogram_quantile(0.95, ${rate(`${requests}_bucket`, target).replace(
            'sum(',
            'sum by (le) (',
          )})`,
      },
    ],
  },
  {
    id: 'cpu',
    title: 'CPU',
    unit: 'cores',
    kind: 'area',
    queries: [{ name: 'cpu', query: target => rate('process_cpu_seconds_total', target) }],
  },
  {
    id: 'memory',
    title: 'Memory',
    unit: 'bytes',
    kind: 'area',
    queries: [
      {
        name: 'memory',
        query: target => `sum(process_resident_memory_bytes{${selector(target)}})`,
      },
    ],
  },
];

function selector({ tenant, service }: PanelTarget, ...more: string[]): string {
  return [matcher('namespace', tenant), matcher('service', service), ...more].join(',');
}

function rate(metric: string, target: PanelTarget, ...more: string[]): string {
  return `sum(rate(${metric}{${selector(target, ...more)}}[${target.windowSeconds}s]))`;
}

/** Where there are requests but no errors, the rate of errors is zero, not unknown. */
function errorRate(target: PanelTarget): string {
  const errors = rate(`${requests}_count`, target, 'status=~"5.."');
  return `${errors} or 0 * ${rate(`${requests}_count`, target)}`;
}
