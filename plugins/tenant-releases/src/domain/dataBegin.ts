import type { PanelData } from '@internal/plugin-tenant-releases-common';
import { type TimeRange, timeRanges } from './timeRange';

/** A gap on the left that is shorter than this part of the range is no reason to show another range. */
const longGap = 0.2;

/** What {@link dataBegin} and {@link fittingRange} look at. */
type Measured = Pick<PanelData, 'start' | 'end' | 'step' | 'series' | 'markers' | 'now'>;

function firstPoint(panels: readonly Measured[]): number | undefined {
  const begins = panels.flatMap(({ series }) =>
    series.flatMap(({ points }) => (points.length > 0 ? [points[0][0]] : [])),
  );
  return begins.length > 0 ? Math.min(...begins) : undefined;
}

/**
 * When measuring began, in unix seconds, if that was so late that most of the chart would be empty: the range can begin
 * there. The release that began it, shortly before, belongs to it.
 *
 * @param panels - all that are on one page: they share their time axis
 * @param isFitted - the range was made shorter to fit the data: then it begins with it, however long it is
 * @returns `undefined` when there is data from the beginning of the range, or none at all
 */
export function dataBegin(panels: readonly Measured[], isFitted = false): number | undefined {
  const first = firstPoint(panels);
  if (first === undefined) return undefined;
  const [{ start, end, step, markers }] = panels;
  if (!isFitted && first - start < longGap * (end - start)) return undefined;
  const lead = Math.max(2 * step, 0.15 * (end - first));
  const releases = markers
    .map(({ time }) => time)
    .filter(time => time < first && time >= first - lead);
  return Math.max(start, Math.min(first, ...releases) - step);
}

/**
 * The range to ask for, where the chosen one is far longer than there is data: a point of a long step would stand for
 * all that there is, or there would be none.
 *
 * @param panels - as they are over the chosen range
 */
export function fittingRange(chosen: TimeRange, panels: readonly Measured[]): TimeRange {
  const begin = dataBegin(panels);
  const isMeasured = panels.some(({ now }) => now && now.values.length > 0);
  let seconds = chosen.seconds;
  if (begin !== undefined) seconds = panels[0].end - begin + chosen.step;
  // It is measured now, but was not yet when the last step ended.
  else if (isMeasured && firstPoint(panels) === undefined) seconds = 2 * chosen.step;
  return timeRanges.find(range => range.seconds >= seconds) ?? chosen;
}
