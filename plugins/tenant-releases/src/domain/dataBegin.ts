import type { PanelData } from '@internal/plugin-tenant-releases-common';

/** A gap on the left that is shorter than this part of the range is no reason to show another range. */
const longGap = 0.2;

/**
 * When measuring began, in unix seconds, if that was so late that most of the chart would be empty: the range can begin
 * there. The release that began it, shortly before, belongs to it.
 *
 * @param panels - all that are on one page: they share their time axis
 * @returns `undefined` when there is data from the beginning of the range, or none at all
 */
export function dataBegin(
  panels: readonly Pick<PanelData, 'start' | 'end' | 'step' | 'series' | 'markers'>[],
): number | undefined {
  const begins = panels.flatMap(({ series }) =>
    series.flatMap(({ points }) => (points.length > 0 ? [points[0][0]] : [])),
  );
  if (begins.length === 0) return undefined;
  const [{ start, end, step, markers }] = panels;
  const first = Math.min(...begins);
  if (first - start < longGap * (end - start)) return undefined;
  const lead = Math.max(2 * step, 0.15 * (end - first));
  const release = markers
    .map(({ time }) => time)
    .filter(time => time < first && time >= first - lead);
  return Math.max(start, Math.min(first, ...release) - step);
}
