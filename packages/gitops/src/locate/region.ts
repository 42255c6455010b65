/** The part of a text that holds a value, as it is replaced. */
export interface Region {
  /** What the value is to a reader. */
  value: string;
  /** First character, and the one behind the last. */
  start: number;
  end: number;
  /** How the value is written. */
  style: 'plain' | 'single' | 'double' | 'raw';
  /** From 1. */
  line: number;
}

/** A text with the value of a region replaced, in the style of the region. @param quoted - whether a plain one needs quotes */
export function replaceRegion(
  text: string,
  { start, end, style }: Region,
  value: string,
  quoted: boolean,
): string {
  const marks = { plain: quoted ? '"' : '', single: "'", double: '"', raw: '' };
  const mark = marks[style];
  return `${text.slice(0, start)}${mark}${value}${mark}${text.slice(end)}`;
}
