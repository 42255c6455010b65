import type { PanelInfo } from '@internal/plugin-tenant-releases-common';
import type { TelemetryServer } from '../config/telemetryConfig';
import { metricNames, type MetricNames } from './metricNames';
import { durationQuantile, errorRate, requestRate } from './requestQueries';
import { rateOf, seriesOf, type PanelTarget } from './series';

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

/** How series are called at a server: its preset, with the labels that its configuration names. */
export function metricNamesOf({
  preset = 'prom-client',
  labels,
}: Pick<TelemetryServer, 'preset' | 'labels'>): MetricNames {
  const names = metricNames[preset];
  const { namespace = names.labels.namespace, service = names.labels.service } = labels ?? {};
  return { ...names, labels: { namespace, service } };
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
        {
          name: 'p95',
          metric: `${durations}_bucket`,
          query: target => durationQuantile(names, target),
        },
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

/** Whether the values of a panel are taken over a window, not of one moment. */
export function isOverWindow({ queries }: Pick<PanelTemplate, 'queries'>, target: PanelTarget) {
  return queries.some(({ query }) => query(target).includes(`[${target.windowSeconds}s]`));
}

function cpuPanel(names: MetricNames, cpu: NonNullable<MetricNames['cpu']>): PanelTemplate {
  const [metric, query] =
    'counter' in cpu
      ? [cpu.counter, (target: PanelTarget) => `sum(${rateOf(names, cpu.counter, target)})`]
      : [
          cpu.usage,
          (target: PanelTarget) =>
            `sum(${[cpu.usage, cpu.cores].map(each => seriesOf(names, each, target)).join(' * ')})`,
        ];
  const queries = [{ name: 'cpu', metric, query }];
  return { id: 'cpu', title: 'CPU', unit: 'cores', kind: 'area', queries };
}

/** The panels where nothing else is configured. */
export const panelTemplates: readonly PanelTemplate[] = createPanels(metricNamesOf({}));
