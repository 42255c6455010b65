import type { PanelSeries } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import { versionMark } from '../../domain/versionMark';
import { markOfSlot } from '../../domain/versionPalette';
import { slotCount } from '../../domain/versionSlots';
import { stateColour } from '../../theme/stateAppearance';

/** How a line is drawn. */
export interface LineStyle {
  colour: string;
  /** Lengths of strokes and gaps in pixels; none: a full line. */
  dash: readonly number[];
}

/** Lines that mean nothing of their own; at least 3:1 against the theme's backgrounds. */
const plain = {
  light: ['#1f5493', '#0e7c7b', '#7a4fb5'],
  dark: ['#9cc9ff', '#7fd8d4', '#d0b3ff'],
};
/** Where all colours are on the chart already, they come again with strokes of other lengths. */
const strokes = [[], [2, 2], [6, 2], [12, 2], [18, 4]];

/** What a line should look like: its version's mark, else the colour of trouble for errors. */
function wanted({ name, labels }: PanelSeries, theme: Theme): LineStyle | undefined {
  if (labels.version) return versionMark(labels.version, theme.palette.type);
  if (/error|5xx/i.test(name)) return { colour: stateColour('degraded', theme), dash: [] };
  return undefined;
}

/** The styles of the lines of one chart, in their order: no two look alike. */
export function seriesStyles(series: readonly PanelSeries[], theme: Theme): LineStyle[] {
  const mode = theme.palette.type;
  const spare = [
    ...plain[mode],
    ...Array.from({ length: slotCount }, (_, slot) => markOfSlot(slot, mode).colour),
  ];
  const taken = new Set<string>();
  const styles = series.map(line => {
    const style = wanted(line, theme);
    if (!style || taken.has(style.colour)) return undefined;
    taken.add(style.colour);
    return style;
  });
  const free = strokes.flatMap((dash, round) =>
    spare
      .filter(colour => round > 0 || !taken.has(colour))
      .map((colour): LineStyle => ({ colour, dash })),
  );
  return styles.map(style => style ?? free.shift() ?? { colour: spare[0], dash: [] });
}
