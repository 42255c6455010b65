import type { PanelInfo } from '@internal/plugin-tenant-releases-common';
import type { TelemetryServer } from '../config/telemetryConfig';
import { metricNames, type MetricNames } from './metricNames';
import { matcher } from './quote';

/** A query of a panel: one line of the chart. */
export interface PanelQuery {
  name: string;
  /** What it reads: named when there is none of it. */
  metric: string;
  query(target: PanelTarget): string;
}

/** A panel: its queries are made for one release. */
export interface PanelTemplate extends PanelInfo {
  queries: PanelQuery[];
}

/** What a panel's queries are made for. */
export interface PanelTarget {
  tenant: string;
  service: string;
  /** Seconds that a rate is taken over. */
  windowSeconds: number;
}

/** How series are called at a server: its preset, with the labels that its configuration names. */
export function metricNamesOf({
  preset = 'prom-client',
  labels,
}: Pick<TelemetryServer, 'preset' | 'labels'>): MetricNames {
  const names = metricNames[preset];
  const { namespace = names.labels.namespace, service = names.labels.service } = labels ?? {};
  return { ...names, labels: { namespace, service } };
}

/** The series of a release: `metric{namespace="tenant-a",service="demo-api"}`. */
export function seriesOf(
  { labels }: MetricNames,
  metric: string,
  { tenant, service }: Pick<PanelTarget, 'tenant' | 'service'>,
  ...more: string[]
): string {
  const own = [matcher(labels.namespace, tenant), matcher(labels.service, service)];
  return `${metric}{${[...own, ...more].join(',')}}`;
}

/** The panels of a server. Templates use only what Prometheus 2.42 and 3.x share. */
export function createPanels(names: MetricNames): PanelTemplate[] {
  const { requests, durations, memory, cpu } = names;
  return [
    {
      id: 'request-rate',
      title: 'Requests',
      unit: 'requests/s',
      kind: 'area',
      queries: [
        {
          name: 'ok',
          metric: requests,
          query: target => requestRate(names, target, names.served),
        },
        { name: 'errors', metric: requests, query: target => errorRate(names, target) },
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
          metric: requests,
          query: target => `(${errorRate(names, target)}) / (${requestRate(names, target)})`,
        },
      ],
    },
    {
      id: 'latency-p95',
      title: 'Latency, 95th percentile',
      unit: 's',
      kind: 'line',
      queries: [
        { name: 'p95', metric: `${durations}_bucket`, query: target => quantile(names, target) },
      ],
    },
    ...(cpu ? [cpuPanel(names, cpu)] : []),
    ...(memory
      ? [
          {
            id: 'memory',
            title: 'Memory',
            unit: 'bytes',
            kind: 'area' as const,
            queries: [
              {
                name: 'memory',
                metric: memory,
                query: (target: PanelTarget) => `sum(${seriesOf(names, memory, target)})`,
              },
            ],
          },
        ]
      : []),
  ];
}

function cpuPanel(names: MetricNames, cpu: NonNullable<MetricNames['cpu']>): PanelTemplate {
  const [metric, query] =
    'counter' in cpu
      ? [cpu.counter, (target: PanelTarget) => `sum(${rate(names, cpu.counter, target)})`]
      : [
          cpu.usage,
          (target: PanelTarget) =>
            `sum(${[cpu.usage, cpu.cores].map(each => seriesOf(names, each, target)).join(' * ')})`,
        ];
  const queries = [{ name: 'cpu', metric, query }];
  return { id: 'cpu', title: 'CPU', unit: 'cores', kind: 'area', queries };
}

function rate(names: MetricNames, metric: string, target: PanelTarget, ...more: string[]): string {
  return `rate(${seriesOf(names, metric, target, ...more)}[${target.windowSeconds}s])`;
}

/** Requests a second; a native histogram has no series of its count. */
function requestRate(names: MetricNames, target: PanelTarget, ...more: string[]): string {
  const matchers = [...names.matchers, ...more];
  const counted = `sum(${rate(names, names.requests, target, ...matchers)})`;
  if (!names.isCountOfDurations) return counted;
  const native = rate(names, names.durations, target, ...matchers);
  return `${counted} or sum(histogram_count(${native}))`;
}

/** Where there are requests but no errors, the rate of errors is zero, not unknown. */
function errorRate(names: MetricNames, target: PanelTarget): string {
  return `${requestRate(names, target, names.failed)} or 0 * (${requestRate(names, target)})`;
}

/** The 95th percentile in seconds, of a histogram with buckets, else of a native one. */
function quantile(names: MetricNames, target: PanelTarget): string {
  const { durations, matchers, seconds } = names;
  const buckets = rate(names, `${durations}_bucket`, target, ...matchers);
  const native = rate(names, durations, target, ...matchers);
  const found = `histogram_quantile(0.95, sum by (le) (${buckets})) or histogram_quantile(0.95, sum(${native}))`;
  return seconds === 1 ? found : `(${found}) * ${seconds}`;
}

/** The panels where nothing else is configured. */
export const panelTemplates: readonly PanelTemplate[] = createPanels(metricNamesOf({}));
