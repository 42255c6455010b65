import type { PanelData, PanelNow, PanelSeries } from '@internal/plugin-tenant-releases-common';
import type { MetricNames } from './metricNames';
import type { RequestTarget } from './ownRequest';
import { sourceOfNow, valuesAt } from './panelNow';
import { isOverWindow, type PanelTemplate } from './panels';
import type { PrometheusClient } from './PrometheusClient';
import { guardPromql } from './queryGuard';
import type { TimeRange } from './timeRange';

type Grid = TimeRange & { step: number };

/** A panel of one release, and where it is read. */
export interface PanelReading {
  client: PrometheusClient;
  names: MetricNames;
  template: PanelTemplate;
  target: RequestTarget;
  scrapeSeconds: number;
  /** Seconds that a rate is taken over, at least. */
  minWindowSeconds: number;
}

/** What the server says of a panel. */
export type PanelReadings = Grid &
  Pick<PanelData, 'series' | 'now'> & { leftOutCount?: number; isPartial?: true };

/** Seconds that the rates of a range are taken over: a step, so that each point stands for all that came before it. */
export function windowOf(
  { minWindowSeconds }: Pick<PanelReading, 'minWindowSeconds'>,
  step: number,
) {
  return Math.max(minWindowSeconds, step);
}

/** The queries of a panel, checked to be about its tenant alone. */
function queriesOf({ template, target, names }: PanelReading, windowSeconds: number) {
  return template.queries.map(({ name, query }) => ({
    name,
    text: guardPromql(
      query({ tenant: target.tenant, service: target.service, windowSeconds }),
      target.tenant,
      names.labels.namespace,
    ),
  }));
}

async function ask(reading: PanelReading, range: Grid, windowSeconds: number) {
  const answers = await Promise.all(
    queriesOf(reading, windowSeconds).map(async ({ name, text }) => {
      const { series, ...rest } = await reading.client.queryRange(reading.target, text, range);
      return { ...rest, series: series.map((each): PanelSeries => ({ name, ...each })) };
    }),
  );
  return {
    series: answers.flatMap(({ series }) => series),
    leftOut: answers.reduce((sum, { leftOut }) => sum + leftOut, 0),
    isPartial: answers.some(({ isPartial }) => isPartial),
  };
}

async function readNow(
  reading: PanelReading,
  grid: Grid,
  range: Promise<{ series: PanelSeries[] }>,
): Promise<PanelNow | undefined> {
  const { template, target, scrapeSeconds, minWindowSeconds } = reading;
  const seconds = Math.floor(Date.now() / 1000);
  const from = sourceOfNow(grid, scrapeSeconds, seconds);
  if (from === undefined) return undefined;
  const at = from === 'points' ? grid.end : seconds;
  const moment = { start: at, end: at, step: grid.step };
  const { series } = await (from === 'points' ? range : ask(reading, moment, minWindowSeconds));
  const { tenant, service } = target;
  const isOver = isOverWindow(template, { tenant, service, windowSeconds: minWindowSeconds });
  const windowSeconds = isOver ? minWindowSeconds : 0;
  return { at, windowSeconds, scrapeSeconds, values: valuesAt(series, at) };
}

/** Reads a panel over a range, and its values of now where the range ends now. */
export async function readPanel(reading: PanelReading, grid: Grid): Promise<PanelReadings> {
  const range = ask(reading, grid, windowOf(reading, grid.step));
  const [{ series, leftOut, isPartial }, now] = await Promise.all([
    range,
    // The chart is worth showing without: then nothing on it is called now.
    readNow(reading, grid, range).catch(() => undefined),
  ]);
  return {
    ...grid,
    series,
    ...(now ? { now } : {}),
    ...(leftOut > 0 ? { leftOutCount: leftOut } : {}),
    ...(isPartial ? { isPartial: true } : {}),
  };
}

/** Asks for the first line of a panel at this moment: whether the server answers for its tenant. */
export async function witnessPanel(reading: PanelReading, step: number, timeoutMs: number) {
  const now = Math.floor(Date.now() / 1000);
  const [{ text }] = queriesOf(reading, windowOf(reading, step));
  const moment = { start: now, end: now, step };
  return reading.client.queryRange(reading.target, text, moment, timeoutMs);
}
