import fc from 'fast-check';
import { labelDistance, layoutMarkers, type MarkerLine } from './markerLabels';

const measure = (text: string) => 8 + 6 * text.length;
const margin = 50;

const chart = fc.integer({ min: 160, max: 1_200 }).chain(width =>
  fc.record({
    room: fc.constant({ left: margin, right: width + 26 }),
    lines: fc
      .array(
        fc.record({
          // Many releases of one hour on a chart of a week are as likely as ones far apart.
          x: fc.oneof(
            fc.integer({ min: margin, max: width }),
            fc.integer({ min: margin, max: margin + 40 }),
          ),
          width: fc.integer({ min: 20, max: 160 }),
        }),
        { maxLength: 40 },
      )
      .map(lines => lines.sort((a, b) => b.x - a.x)),
  }),
);

describe('layoutMarkers', () => {
  it('never puts a label nearer to the line of another release than to its own', () => {
    fc.assert(
      fc.property(chart, ({ room, lines }) => {
        for (const label of layoutMarkers(lines, room, measure)) {
          const own = Math.min(...label.lines.map(index => labelDistance(label, lines[index].x)));
          lines.forEach((line, index) => {
            if (label.lines.includes(index)) return;
            const other = labelDistance(label, line.x);
            // The line of another release at the very same pixel would be as near: it has to be a label of both.
            expect(other).toBeGreaterThan(own);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('labels every release once, numbers them from the newest, and covers no label with another', () => {
    fc.assert(
      fc.property(chart, ({ room, lines }) => {
        const labels = layoutMarkers(lines, room, measure);
        expect(labels.flatMap(label => label.lines).sort((a, b) => a - b)).toEqual(
          lines.map((_, index) => index),
        );
        const numbers = labels.flatMap(label => label.numbers?.split('–').map(Number) ?? []);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        const sorted = [...labels].sort((a, b) => a.left - b.left);
        sorted.slice(1).forEach((label, index) => {
          expect(label.left).toBeGreaterThanOrEqual(sorted[index].left + sorted[index].width);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('cuts no label at the edges', () => {
    fc.assert(
      fc.property(chart, ({ room, lines }) => {
        for (const { left, width } of layoutMarkers(lines, room, measure)) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(room.right);
        }
      }),
    );
  });

  const room = { left: 50, right: 426 };
  const at = (...places: number[]): MarkerLine[] => places.map(x => ({ x, width: 70 }));
  const told = (lines: MarkerLine[]) =>
    layoutMarkers(lines, room, measure).map(({ lines: own, numbers, left }) => [
      own,
      numbers,
      left,
    ]);

  it.each<[string, MarkerLine[], unknown]>([
    ['none', [], []],
    ['one, to the right of its line', at(200), [[[0], undefined, 206]]],
    ['one at the right edge, to the left of it', at(400), [[[0], undefined, 324]]],
    [
      'two far apart',
      at(300, 100),
      [
        [[0], undefined, 306],
        [[1], undefined, 106],
      ],
    ],
    [
      'the newest of two that are close, by name; the other by number',
      at(220, 180),
      [
        [[0], undefined, 226],
        [[1], undefined, 104],
      ],
    ],
    ['two at one place, together', at(200, 200), [[[0, 1], '1–2', 187]]],
  ])('labels %s', (_, lines, expected) => {
    expect(told(lines)).toEqual(expected);
  });
});
