import type { PanelSeries } from '@internal/plugin-tenant-releases-common';
import { createPanel, now } from '../testing/fixtures';
import { alignSeries, headline, latestValues, panelSummary, valueAt } from './panelSeries';

const end = now / 1000;
const line = (name: string, points: PanelSeries['points']): PanelSeries => ({
  name,
  labels: {},
  points,
});

describe('alignSeries', () => {
  it.each<[string, PanelSeries[], unknown]>([
    ['nothing', [], [[]]],
    [
      'one series',
      [
        line('a', [
          [0, 1],
          [15, 2],
        ]),
      ],
      [
        [0, 15],
        [1, 2],
      ],
    ],
    [
      'a gap as a gap',
      [
        line('a', [
          [0, 1],
          [15, 2],
          [60, 3],
        ]),
      ],
      [
        [0, 15, 30, 60],
        [1, 2, null, 3],
      ],
    ],
    [
      'two series of which one begins later',
      [
        line('a', [
          [0, 1],
          [15, 2],
        ]),
        line('b', [[15, 5]]),
      ],
      [
        [0, 15],
        [1, 2],
        [undefined, 5],
      ],
    ],
    [
      'a gap of one series where the other has a point',
      [
        line('a', [
          [0, 1],
          [45, 2],
        ]),
        line('b', [
          [0, 5],
          [15, 6],
          [30, 7],
          [45, 8],
        ]),
      ],
      [
        [0, 15, 30, 45],
        [1, null, undefined, 2],
        [5, 6, 7, 8],
      ],
    ],
  ])('of %s', (_, series, expected) => {
    expect(alignSeries(createPanel({ series }))).toEqual(expected);
  });
});

describe('latestValues and valueAt', () => {
  const series = [
    line('fresh', [[end - 15, 3.2]]),
    line('old', [[end - 600, 1]]),
    line('none', []),
  ];

  it('takes the newest point and says whether it is of now', () => {
    expect(latestValues(createPanel({ series }))).toEqual([
      { name: 'fresh', value: 3.2, time: end - 15, current: true },
      { name: 'old', value: 1, time: end - 600, current: false },
    ]);
  });

  it.each([
    [end, 3.2],
    [end - 15, 3.2],
    [end - 16, undefined],
    [end + 60, undefined],
  ])('reads the value at %d', (time, expected) => {
    expect(valueAt(series[0], time, 15)).toBe(expected);
  });
});

describe('headline', () => {
  const series = [
    line('ok', [[end, 3]]),
    line('errors', [[end, 0.5]]),
    line('late', [[end - 15, 9]]),
  ];

  it.each([
    ['requests/s', 3.5],
    ['ratio', 3],
  ])('of %s', (unit, value) => {
    expect(headline(createPanel({ unit, series }))).toMatchObject({
      value,
      time: end,
      current: true,
    });
  });

  it('is nothing without points', () => {
    expect(headline(createPanel({ series: [line('ok', [])] }))).toBeUndefined();
  });
});

describe('panelSummary', () => {
  it('tells values and releases in words', () => {
    const data = createPanel({
      series: [line('requests', [[end, 3.2]]), line('errors', [[end - 600, 0.1]])],
      markers: [{ time: end - 720, version: 'sha-1a2b3c4', kind: 'release' }],
    });
    expect(panelSummary('Requests', data)).toBe(
      'Requests: requests 3.2 requests/s now, errors 0.1 requests/s 10 min ago. Releases: sha-1a2b3c4 12 min ago.',
    );
  });

  it('says that there is nothing', () => {
    expect(panelSummary('Requests', createPanel({ series: [] }))).toBe('Requests: no data yet.');
  });
});
