import type { PanelData, PanelInfo } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import type UPlot from 'uplot';
import { withAlpha } from '../../domain/colour';
import { formatAxisValues } from '../../domain/units';
import { secondaryText } from '../../theme/secondaryText';
import { chartHeight } from './chartHeight';
import { drawMarkers, markerHeight, type NumberedMarker } from './drawMarkers';
import { seriesStyles } from './seriesStyles';

interface ChartSettings {
  kind: PanelInfo['kind'];
  theme: Theme;
  syncKey: string;
  /** Pixels. */
  width: number;
  /** The data that is on the chart at that moment. */
  getData: () => PanelData;
  onCursor: (time: number | undefined) => void;
  /** Called when other releases than before stand on the chart by number. */
  onNumbered: (markers: NumberedMarker[]) => void;
}

/** uPlot writes numbers of AM and PM by default; this is the same in 24 hours. */
const timeFormats: UPlot.Axis['values'] = [
  // tick increment in seconds, format, formats at year, month, day, hour, minute, second, mode
  [3600 * 24 * 365, '{YYYY}', null, null, null, null, null, null, 1],
  [3600 * 24, '{D} {MMM}', null, null, null, null, null, null, 1],
  [3600, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [60, '{HH}:{mm}', null, null, null, null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
];

const twelveHours = 12 * 3600;
/** Distances of ticks for bytes, so that ticks are whole KiB, MiB ...: 1 B to 1 PiB. */
const binarySteps = Array.from({ length: 51 }, (_, power) => 2 ** power);

const fontSize = 11;
/** Between the numbers of an axis and the chart. Pixels. */
const axisGap = 8;
/** Half a time of the day with seconds: the last one on the axis stands below its right end. Pixels. */
const rightPadding = 28;

/** Room for the longest number of an axis, in pixels: they are as long as the values are. */
function axisSize({ ctx }: Pick<UPlot, 'ctx'>, font: string, values: readonly string[] | null) {
  ctx.save();
  ctx.font = font;
  const longest = Math.max(0, ...(values ?? []).map(text => ctx.measureText(text).width));
  ctx.restore();
  return Math.ceil(longest) + axisGap + fontSize / 2;
}

/** A scale from zero that leaves room above, also for a line that is zero throughout. */
function valueRange(_: UPlot, min: number | null, max: number | null): UPlot.Range.MinMax {
  const top = Math.max(max ?? 0, 0);
  const bottom = Math.min(min ?? 0, 0);
  return [bottom, top === bottom ? bottom + 1 : top * 1.15];
}

/** How a panel is drawn with uPlot: from zero, gaps as gaps, releases as dashed lines. */
export function chartOptions(settings: ChartSettings): UPlot.Options {
  const { kind, theme, syncKey, width, getData, onCursor, onNumbered } = settings;
  const { unit, series, start, end } = getData();
  const styles = seriesStyles(series, theme);
  const font = `${fontSize}px ${theme.typography.fontFamily}`;
  let told = '';
  const axis: UPlot.Axis = {
    stroke: secondaryText(theme),
    font,
    grid: { stroke: theme.palette.divider, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: chartHeight,
    legend: { show: false },
    padding: [markerHeight, rightPadding, 0, 0],
    cursor: {
      // The range is the page's; dragging must not make one chart show another.
      drag: { x: false, y: false },
      sync: { key: syncKey },
      points: { size: 6 },
      y: false,
    },
    scales: {
      x: {
        time: true,
        range: () => {
          const shown = getData();
          return [shown.start, shown.end];
        },
      },
      y: { range: valueRange },
    },
    axes: [
      // A second line, for the date, only where there can be one.
      { ...axis, size: end - start > twelveHours ? 36 : 24, space: 70, values: timeFormats },
      {
        ...axis,
        size: (plot, values) => axisSize(plot, font, values),
        gap: axisGap,
        space: 36,
        incrs: unit === 'bytes' ? binarySteps : undefined,
        values: (_, splits) => formatAxisValues(splits, unit),
      },
    ],
    series: [
      {},
      ...series.map((line, index) => {
        const { colour: stroke, dash } = styles[index];
        return {
          label: line.name,
          stroke,
          dash: [...dash],
          width: 1.5,
          fill: kind === 'area' ? withAlpha(stroke, 0.12) : undefined,
          points: { show: line.points.length === 1 },
        };
      }),
    ],
    hooks: {
      draw: [
        plot => {
          const numbered = drawMarkers(plot, getData().markers, theme);
          const text = JSON.stringify(numbered);
          // The chart draws itself anew with every step and resize.
          if (text !== told) onNumbered(numbered);
          told = text;
        },
      ],
      setCursor: [
        ({ cursor, data }) =>
          onCursor(typeof cursor.idx === 'number' ? data[0][cursor.idx] : undefined),
      ],
    },
  };
}
