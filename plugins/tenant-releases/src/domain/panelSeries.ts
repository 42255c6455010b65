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

/** A series' newest value and whether it still is the present one. */
export interface LatestValue {
  name: string;
  value: number;
  /** Unix seconds. */
  time: number;
  current: boolean;
}

/** The newest value of each series that has one. Older than three steps before the end it is not "now". */
export function latestValues({ series, end, step }: PanelData): LatestValue[] {
  return series.flatMap(({ name, points }) => {
    const last = points[points.length - 1];
    if (!last) return [];
    const [time, value] = last;
    return [{ name, value, time, current: end - time <= Math.max(3 * step, 60) }];
  });
}

/**
 * The one number of a panel: what comes in altogether for rates, of which each series is a part; else the newest
 * value of the first series.
 */
export function headline(data: PanelData): LatestValue | undefined {
  const latest = latestValues(data);
  const newest = Math.max(...latest.map(({ time }) => time));
  const together = latest.filter(({ time }) => time === newest);
  if (!data.unit.endsWith('/s') || together.length === 0) return latest[0];
  return { ...together[0], value: together.reduce((sum, { value }) => sum + value, 0) };
}

/**
 * What a panel shows, in words: for people who cannot see the chart.
 *
 * @param title - the panel's title
 */
export function panelSummary(title: string, data: PanelData): string {
  const latest = latestValues(data);
  if (latest.length === 0) return `${title}: no data yet.`;
  const values = latest.map(({ name, value, time, current }) => {
    const when = current ? 'now' : `${formatDuration(data.end - time)} ago`;
    return `${name} ${formatValue(value, data.unit)} ${when}`;
  });
  const markers = data.markers.map(
    ({ version, time }) => `${version} ${formatDuration(data.end - time)} ago`,
  );
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
