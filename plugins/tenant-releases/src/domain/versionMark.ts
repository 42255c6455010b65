import { contrastRatio, hslToHex } from './colour';

/** The small mark that stands for a version on every page and chart. */
export interface VersionMark {
  /** `#rrggbb`, at least 3:1 against the theme's backgrounds (WCAG 2.2, 1.4.11). */
  colour: string;
  /** A second difference, so that two versions of like colour are still told apart. */
  shape: 'circle' | 'square' | 'diamond' | 'triangle';
}

const shapes = ['circle', 'square', 'diamond', 'triangle'] as const;
const hues = 24;
const backgrounds = { light: ['#ffffff', '#f4f4f4'], dark: ['#424242', '#1e1e1e'] };

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV's low bits mix badly for short, similar texts; fold the high ones in.
  return (value ^ (value >>> 15)) >>> 0;
}

/** The first colour of a hue, from the middle outwards, that can be seen on every background of a mode. */
function visibleColour(hue: number, mode: 'light' | 'dark'): string {
  const step = mode === 'light' ? -2 : 2;
  const isVisible = (colour: string) =>
    backgrounds[mode].every(background => contrastRatio(colour, background) >= 3);
  let lightness = mode === 'light' ? 46 : 60;
  while (!isVisible(hslToHex(hue, 68, lightness))) lightness += step;
  return hslToHex(hue, 68, lightness);
}

const marks = new Map<string, VersionMark>();

/** The mark of a version: the same for the same version, wherever and whenever it is shown. */
export function versionMark(version: string, mode: 'light' | 'dark'): VersionMark {
  const key = `${mode} ${version}`;
  const known = marks.get(key) ?? makeMark(version, mode);
  // A table asks for the same few marks again and again while it scrolls.
  if (marks.size < 5_000) marks.set(key, known);
  return known;
}

function makeMark(version: string, mode: 'light' | 'dark'): VersionMark {
  const value = hash(version);
  const hue = (value % hues) * (360 / hues);
  const shape = shapes[Math.floor(value / hues) % shapes.length];
  return { colour: visibleColour(hue, mode), shape };
}
