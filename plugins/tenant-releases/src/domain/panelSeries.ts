import type { PanelData, PanelSeries } from '@internal/plugin-tenant-releases-common';
import { formatDuration } from './time';
import { formatValue } from './units';

/** Columns as uPlot takes them: times, then one column a series; `null` is a gap, `undefined` no point. */
export type AlignedColumns = [number[], ...Array<Array<number | null | undefined>>];

/** A jump of more than one and a half steps is a gap, not a line. */
const gapSteps = 1.5;

/** Times right behind the last point before each gap. */
function gapTimes(points: PanelSeries['points'], step: number): number[] {
  return points.flatMap(([time], index) => {
    const next = points[index + 1];
    return next && next[0] - time > step * gapSteps ? [time + step] : [];
  });
}

/** Puts the series of a panel on one time axis. */
export function alignSeries({ series, step }: PanelData): AlignedColumns {
  const gaps = series.map(({ points }) => gapTimes(points, step));
  const times = new Set(series.flatMap(({ points }) => points.map(([time]) => time)));
  gaps.flat().forEach(time => times.add(time));
  const axis = [...times].sort((a, b) => a - b);
  return [
    axis,
    ...series.map(({ points }, index) => {
      const values = new Map<number, number | null>(points);
      for (const time of gaps[index]) if (!values.has(time)) values.set(time, null);
      return axis.map(time => values.get(time));
    }),
  ];
}

/** The newest value of a series. */
export interface LatestValue {
  name: string;
  labels: Record<string, string>;
  value: number;
  /** Unix seconds. */
  at: number;
  /** Seconds before {@link at} that it is an average of; 0 where it is of one moment. */
  windowSeconds: number;
  /** Seconds between two scrapes; absent of a point of the chart, which is never called the value of now. */
  scrapeSeconds?: number;
}

/** A page asks every few seconds, and answers are under way: so much older may a value of now be. Seconds. */
const lateness = 10;
/** A longer step than this is told: nobody would take its points for averages of so long. Seconds. */
const shortStep = 60;

/**
 * Of when a value is, to stand behind it: `now` only of one of the last scrape; else what it is an average of and how
 * old it is, `over the last 4 min`, `10 min ago`.
 *
 * @param now - milliseconds since 1970 by the server's clock
 */
export function whenOf(
  { at, windowSeconds, scrapeSeconds }: Pick<LatestValue, 'at' | 'windowSeconds' | 'scrapeSeconds'>,
  now: number,
): string {
  const age = now / 1000 - at;
  const isCurrent = scrapeSeconds !== undefined && age <= scrapeSeconds + lateness;
  const window = formatDuration(windowSeconds);
  if (windowSeconds <= (scrapeSeconds ?? shortStep)) {
    return isCurrent ? 'now' : `${formatDuration(age)} ago`;
  }
  return isCurrent ? `over the last ${window}` : `over ${window}, ${formatDuration(age)} ago`;
}

/** Seconds that a point of the chart stands for: rates of a long step are averages of it. */
export function windowOfPoints({ now, step }: Pick<PanelData, 'now' | 'step'>): number {
  return now?.windowSeconds === 0 ? 0 : Math.max(step, now?.windowSeconds ?? 0);
}

/** The newest value of each series that has one: that of now, whatever the step of the chart; else its last point. */
export function latestValues(data: PanelData): LatestValue[] {
  const { series, now } = data;
  if (now && now.values.length > 0) {
    const { at, windowSeconds, scrapeSeconds, values } = now;
    return values.map(each => ({ ...each, at, windowSeconds, scrapeSeconds }));
  }
  const windowSeconds = windowOfPoints(data);
  return series.flatMap(({ name, labels, points }) => {
    const last = points[points.length - 1];
    return last ? [{ name, labels, value: last[1], at: last[0], windowSeconds }] : [];
  });
}

/**
 * The one number of a panel: what comes in altogether for rates, of which each series is a part; else the newest
 * value of the first series.
 */
export function headline(data: PanelData): LatestValue | undefined {
  const latest = latestValues(data);
  if (!data.unit.endsWith('/s') || latest.length === 0) return latest[0];
  const newest = Math.max(...latest.map(({ at }) => at));
  const together = latest.filter(({ at }) => at === newest);
  return { ...together[0], value: together.reduce((sum, { value }) => sum + value, 0) };
}

/**
 * What a panel shows, in words: for people who cannot see the chart.
 *
 * @param title - the panel's title
 * @param now - milliseconds since 1970 by the server's clock
 */
export function panelSummary(title: string, data: PanelData, now: number): string {
  const latest = latestValues(data);
  if (latest.length === 0) return `${title}: not measured.`;
  const values = latest.map(
    each => `${each.name} ${formatValue(each.value, data.unit)} ${whenOf(each, now)}`,
  );
  const markers = [...data.markers]
    .sort((a, b) => b.time - a.time)
    .map(({ version, time }) => `${version} ${formatDuration(now / 1000 - time)} ago`);
  const releases = markers.length > 0 ? ` Releases: ${markers.join(', ')}.` : '';
  return `${title}: ${values.join(', ')}.${releases}`;
}

/**
 * A series' value at a time: that of the newest point not after it, unless the point is too old to stand for it.
 *
 * @param time - unix seconds
 * @param step - distance of the points in seconds
 */
export function valueAt({ points }: PanelSeries, time: number, step: number): number | undefined {
  const point = [...points].reverse().find(([at]) => at <= time);
  return point && time - point[0] <= 3 * step ? point[1] : undefined;
}
