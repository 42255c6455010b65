import { hslToHex, luminance } from './colour';
import { slotCount, slotParts } from './versionSlots';

/** The small mark that stands for a version on every page and chart. */
export interface VersionMark {
  /** `#rrggbb`, at least 3:1 against the theme's backgrounds (WCAG 2.2, 1.4.11). */
  colour: string;
  /** A second difference, so that nobody has to tell versions apart by colour alone. */
  shape: 'circle' | 'square' | 'diamond' | 'triangle';
  /** The same for lines: lengths of strokes and gaps in pixels; none: a full line. */
  dash: readonly number[];
}

type Mode = 'light' | 'dark';

const shapes = ['circle', 'square', 'diamond', 'triangle'] as const;
const dashes = [[], [8, 4], [3, 3], [10, 3, 2, 3], [1, 3], [14, 4]] as const;
/** Degrees, far from one another in order; without the red of errors. */
const hues = [212, 32, 160, 320, 262, 62, 188, 105];
const saturations = [78, 38];
/**
 * Relative luminances (WCAG 2.2). From one to the next the contrast is 1.5:1 or more, and the faintest has 3:1 against
 * the backgrounds: white and #f4f4f4, #424242 and darker.
 */
const luminances: Record<Mode, readonly number[]> = {
  light: [0.12, 0.25, 0.045],
  dark: [0.5, 0.3, 0.82],
};

/** The colour of a hue that is as bright as wanted: brightness rises with lightness, so that halving finds it. */
function colourOf(hue: number, saturation: number, wanted: number): string {
  let [low, high] = [0, 100];
  for (let round = 0; round < 12; round += 1) {
    const middle = (low + high) / 2;
    if (luminance(hslToHex(hue, saturation, middle)) < wanted) low = middle;
    else high = middle;
  }
  return hslToHex(hue, saturation, high);
}

function makeMark(slot: number, mode: Mode): VersionMark {
  const { hue, level, saturation, shape, dash } = slotParts(slot);
  return {
    colour: colourOf(hues[hue], saturations[saturation], luminances[mode][level]),
    shape: shapes[shape],
    dash: dashes[dash],
  };
}

const makeAll = (mode: Mode) =>
  Array.from({ length: slotCount }, (_, slot) => makeMark(slot, mode));
const marks: Record<Mode, VersionMark[]> = { light: makeAll('light'), dark: makeAll('dark') };

/** The mark of a slot in a theme. */
export function markOfSlot(slot: number, mode: Mode): VersionMark {
  return marks[mode][slot % slotCount];
}
