import type { PanelData, PanelEmpty } from '@internal/plugin-tenant-releases-common';
import type { MetricNames } from './metricNames';
import { isOverWindow, type PanelTemplate } from './panels';
import { seriesOf, type PanelTarget } from './series';

type PanelAnswer = Pick<PanelData, 'series' | 'leftOutCount' | 'isPartial'>;

const settings = 'tenantReleases.telemetry[].prometheus';

/** Why a panel has nothing to draw; undefined when it has. */
export function explainEmpty(
  template: PanelTemplate,
  names: MetricNames,
  target: PanelTarget,
  answer: PanelAnswer,
): PanelEmpty | undefined {
  if (answer.series.some(({ points }) => points.length > 0)) return undefined;
  const { queries } = template;
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
    text: explain(found, answer, isOverWindow(template, target) ? target.windowSeconds : undefined),
  };
}

function explain(
  found: string,
  { series, leftOutCount = 0, isPartial }: PanelAnswer,
  windowSeconds: number | undefined,
): string {
  if (leftOutCount > 0) {
    return `The answer for ${found} cannot be read: Prometheus, or a proxy in front of it, writes series in another form.`;
  }
  if (isPartial) {
    return `Not all stores behind Prometheus answered, and those that did have no data for ${found} in this range. Try again, or look at the stores.`;
  }
  if (series.length > 0) {
    return `${found} has series, but no value in this range: nothing was measured.`;
  }
  const interval =
    windowSeconds === undefined
      ? ''
      : ` A rate needs two scrapes within ${windowSeconds} s: if the service is scraped less often, set scrapeSeconds there.`;
  return `No series: ${found} has no data in this range. If the service uses other names or labels, set preset or labels in ${settings}.${interval}`;
}
