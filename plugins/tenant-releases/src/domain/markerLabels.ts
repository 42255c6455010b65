/** A release's line on a chart, and how wide its name is. Pixels. */
export interface MarkerLine {
  x: number;
  width: number;
}

/** The room for labels. Pixels from the left of the chart. */
export interface LabelRoom {
  left: number;
  right: number;
}

/** What stands above one line, or above several that are too close for a label each. */
export interface MarkerLabel {
  /** Places of its lines in the list. */
  lines: number[];
  /** `undefined`: the label is the name. Else the numbers, `3` or `3–5`. */
  numbers?: string;
  left: number;
  width: number;
}

/** Between a line and its name. */
export const labelGap = 6;
/** Between a name and the line of another release: room for the number on that line. */
const clearance = 14;
/** Between two labels. */
const spacing = 3;
/** Between two names, which would read as one. */
const nameSpacing = 14;

type Span = Pick<MarkerLabel, 'left' | 'width'>;

const overlap = (one: Span, other: Span, space = spacing) =>
  one.left < other.left + other.width + space && other.left < one.left + one.width + space;

/** Distance of a label from a line; none when the line runs through it. */
export function labelDistance({ left, width }: Span, x: number): number {
  return Math.max(left - x, x - left - width, 0);
}

/** A name beside its line, to the right if it can be; `undefined` where neither side has room. */
function placeName(lines: readonly MarkerLine[], index: number, room: LabelRoom): Span | undefined {
  const { x, width } = lines[index];
  return [x + labelGap, x - labelGap - width]
    .map(left => ({ left, width }))
    .find(
      span =>
        span.left >= room.left &&
        span.left + width <= room.right &&
        lines.every((line, other) => other === index || labelDistance(span, line.x) >= clearance),
    );
}

/** Numbers on their lines; lines that are too close for that share a label in their middle. */
function placeNumbers(
  lines: readonly MarkerLine[],
  numbered: readonly number[],
  measure: (text: string) => number,
): MarkerLabel[] {
  const labelOf = (first: number, last: number): MarkerLabel => {
    const members = numbered.slice(first, last + 1);
    const numbers = first === last ? `${first + 1}` : `${first + 1}–${last + 1}`;
    const width = measure(numbers);
    const middle = (lines[members[0]].x + lines[members[members.length - 1]].x) / 2;
    return { lines: members, numbers, width, left: middle - width / 2 };
  };
  const covers = (label: MarkerLabel, other: MarkerLabel) =>
    other.lines.some(index => labelDistance(label, lines[index].x) < spacing);
  const groups: Array<[number, number]> = [];
  numbered.forEach((_, index) => {
    groups.push([index, index]);
    // A label that grows may reach the one before.
    while (groups.length > 1) {
      const [before, last] = groups.slice(-2).map(group => labelOf(...group));
      if (!overlap(before, last) && !covers(before, last) && !covers(last, before)) break;
      const [[first], [, end]] = groups.splice(-2);
      groups.push([first, end]);
    }
  });
  return groups.map(([first, last]) => labelOf(first, last));
}

/**
 * Finds a place for the label of each release: its name, the newest first, where that is clear of every other line and
 * label; else a number on the line itself. No label is nearer to another release's line than to its own.
 *
 * @param lines - the newest first, so that they go from right to left
 * @param measure - width of a number
 */
export function layoutMarkers(
  lines: readonly MarkerLine[],
  room: LabelRoom,
  measure: (text: string) => number,
): MarkerLabel[] {
  const names = new Map<number, Span>();
  lines.forEach((_, index) => {
    const span = placeName(lines, index, room);
    const isFree = (name: Span) =>
      ![...names.values()].some(other => overlap(name, other, nameSpacing));
    if (span && isFree(span)) names.set(index, span);
  });
  for (;;) {
    const numbered = lines.flatMap((_, index) => (names.has(index) ? [] : [index]));
    const numbers = placeNumbers(lines, numbered, measure);
    // The oldest that is in the way of a number becomes one itself.
    const inTheWay = [...names]
      .reverse()
      .find(([index, span]) =>
        numbers.some(
          label => overlap(label, span) || labelDistance(label, lines[index].x) < spacing,
        ),
      );
    if (!inTheWay) {
      return [...[...names].map(([index, span]) => ({ lines: [index], ...span })), ...numbers];
    }
    names.delete(inTheWay[0]);
  }
}
