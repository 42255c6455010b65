import type { PanelData, PanelEmpty } from '@internal/plugin-tenant-releases-common';
import type { RequestTarget } from './ownRequest';
import type { MetricNames } from './metricNames';
import { seriesOf, type PanelTemplate } from './panels';

type PanelAnswer = Pick<PanelData, 'series' | 'leftOutCount'>;

/** Why a panel has nothing to draw; undefined when it has. */
export function explainEmpty(
  { queries }: PanelTemplate,
  names: MetricNames,
  target: RequestTarget,
  answer: PanelAnswer,
): PanelEmpty | undefined {
  if (answer.series.some(({ points }) => points.length > 0)) return undefined;
  const selectors = [...new Set(queries.map(({ metric }) => seriesOf(names, metric, target)))];
  const found = selectors.join(' and ');
  return {
    queries: queries.map(({ name, metric }) => ({
      name,
      metric,
      labels: {
        [names.labels.namespace]: target.tenant,
        [names.labels.service]: target.service,
      },
    })),
    text: explain(found, answer),
  };
}

function explain(found: string, { series, leftOutCount = 0 }: PanelAnswer): string {
  if (leftOutCount > 0) {
    return `The answer for ${found} cannot be read: Prometheus, or a proxy in front of it, writes series in another form.`;
  }
  return series.length > 0
    ? `${found} has series, but no value in this range: nothing was measured.`
    : `No series: ${found} has no data in this range. If the service uses other names or labels, set preset or labels in tenantReleases.telemetry[].prometheus.`;
}
