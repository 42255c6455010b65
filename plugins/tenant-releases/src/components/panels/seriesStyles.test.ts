import type { PanelSeries } from '@internal/plugin-tenant-releases-common';
import { createTheme } from '@material-ui/core/styles';
import fc from 'fast-check';
import { forgetVersionOrder, orderVersions, versionMark } from '../../domain/versionMark';
import { seriesStyles } from './seriesStyles';

const theme = createTheme({ palette: { type: 'dark' } });
const line = (name: string, version?: string): PanelSeries => ({
  name,
  labels: version ? { version } : {},
  points: [],
});
const anyLine = fc
  .tuple(
    fc.constantFrom('ok', 'errors', '5xx', 'p95'),
    fc.option(fc.nat({ max: 60 }), { nil: undefined }),
  )
  .map(([name, version]) => line(name, version === undefined ? undefined : `v${version}`));

describe('seriesStyles', () => {
  beforeEach(forgetVersionOrder);

  it('never draws two lines of a chart in one colour', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 45 }), lines => {
        const colours = seriesStyles(lines, theme).map(({ colour }) => colour);
        expect(new Set(colours).size).toBe(lines.length);
      }),
    );
  });

  it('tells as many lines apart as the server sends', () => {
    const styles = seriesStyles(
      Array.from({ length: 200 }, (_, index) => line('p95', `v${index}`)),
      theme,
    ).map(style => JSON.stringify([style.colour, style.dash]));
    expect(new Set(styles).size).toBe(200);
  });

  it('draws a version in its colour, also where the line is one of errors', () => {
    orderVersions(['v2', 'v1']);
    const [one, two, all] = seriesStyles(
      [line('errors', 'v1'), line('errors', 'v2'), line('errors')],
      theme,
    );
    expect([one, two]).toEqual([versionMark('v1', 'dark'), versionMark('v2', 'dark')]);
    expect(all.colour).toBe('#ffa8a8');
  });
});
