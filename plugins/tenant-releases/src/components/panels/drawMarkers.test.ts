import type { ReleaseMarker } from '@internal/plugin-tenant-releases-common';
import { createTheme } from '@material-ui/core/styles';
import fc from 'fast-check';
import type UPlot from 'uplot';
import { chartOptions } from './chartOptions';
import { drawMarkers } from './drawMarkers';
import { createPanel } from '../../testing/fixtures';

const theme = createTheme();
/** A digit in the chart's small font is about so wide. */
const digit = 6;
const measureText = (text: string) => ({ width: digit * text.length });

/** A chart of an hour, and what is written on it. */
function createPlot(width: number, left = 50) {
  const written: Array<{ text: string; from: number; to: number }> = [];
  const plotWidth = width - left - 28;
  const ctx = {
    canvas: { width },
    measureText,
    fillText: (text: string, x: number) =>
      written.push({ text, from: x, to: x + measureText(text).width }),
    ...Object.fromEntries(
      ['save', 'restore', 'setLineDash', 'beginPath', 'moveTo', 'lineTo', 'stroke', 'fill'].map(
        name => [name, () => {}],
      ),
    ),
    strokeRect: () => {},
  };
  const plot = {
    ctx,
    bbox: { left, top: 18, width: plotWidth, height: 120 },
    valToPos: (time: number) => left + (time / 3_600) * plotWidth,
  };
  return { plot: plot as unknown as UPlot, written };
}

const markers = fc.array(
  fc.record({
    time: fc.integer({ min: -600, max: 4_000 }),
    version: fc.integer({ min: 0, max: 9_999_999 }).map(number => `sha-${number}`),
    kind: fc.constant('release' as const),
  }),
  { maxLength: 30 },
);

describe('drawMarkers', () => {
  it('writes nothing that is cut, at 340 px as at 1,200', () => {
    fc.assert(
      fc.property(markers, fc.constantFrom(340, 700, 1_200), (list, width) => {
        const { plot, written } = createPlot(width);
        drawMarkers(plot, list, theme);
        written.forEach(({ from, to }) => {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(width);
        });
      }),
    );
  });

  it('numbers from the newest what has no name on the chart, and leaves out other times', () => {
    fc.assert(
      fc.property(markers, list => {
        const { plot, written } = createPlot(340);
        const numbered = drawMarkers(plot, list, theme);
        expect(numbered.map(({ number }) => number)).toEqual(numbered.map((_, index) => index + 1));
        const times = numbered.map(({ marker }) => marker.time);
        expect(times).toEqual([...times].sort((a, b) => b - a));
        const names = written.filter(({ text }) => text.startsWith('sha-')).length;
        const shown = list.filter(({ time }) => time >= 0 && time <= 3_600);
        expect(names + numbered.length).toBe(shown.length);
      }),
    );
  });

  it('names the newest of releases that are close', () => {
    const { plot, written } = createPlot(340);
    const list: ReleaseMarker[] = [900, 1_050, 1_200].map((time, index) => ({
      time,
      version: `sha-000000${index}`,
      kind: 'release',
    }));
    const numbered = drawMarkers(plot, list, theme);
    expect(written.map(({ text }) => text)).toEqual(['sha-0000002', '1–2']);
    expect(numbered.map(({ marker }) => marker.version)).toEqual(['sha-0000001', 'sha-0000000']);
  });
});

describe('chartOptions', () => {
  it('makes room for the longest number of the value axis', () => {
    const [, axis] = chartOptions({
      kind: 'line',
      theme,
      syncKey: 'a',
      width: 340,
      getData: () => createPanel(),
      onCursor: () => {},
      onNumbered: () => {},
    }).axes!;
    const { plot } = createPlot(340);
    const size = axis.size as UPlot.Axis.Size & ((...all: unknown[]) => number);
    for (const numbers of [['0'], ['0 MiB', '1,023.25 MiB'], ['0', '1,234,567,890.5 requests/s']]) {
      const longest = Math.max(...numbers.map(text => measureText(text).width));
      expect(size(plot, numbers, 1, 0)).toBeGreaterThan(longest + 8);
    }
    expect(size(plot, null, 1, 0)).toBeGreaterThan(0);
  });
});
