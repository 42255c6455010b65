import type { PanelSeries } from '@internal/plugin-tenant-releases-common';
import { createPanel as createMeasured, now } from '../testing/fixtures';
import { alignSeries, headline, latestValues, panelSummary, valueAt, whenOf } from './panelSeries';

const end = now / 1000;
const createPanel: typeof createMeasured = part => createMeasured({ now: undefined, ...part });
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

describe('latestValues', () => {
  const values = [{ name: 'errors', labels: {}, value: 0 }];
  const current = { at: end, windowSeconds: 60, scrapeSeconds: 15, values };
  const long = { step: 2_520, series: [line('errors', [[end - 600, 0.0637]])] };
  const told = (part: Parameters<typeof createPanel>[0], time = now) =>
    latestValues(createPanel(part)).map(each => `${each.name} ${each.value} ${whenOf(each, time)}`);

  it.each<[string, Parameters<typeof createPanel>[0], string[]]>([
    ['of one moment', { now: { ...current, windowSeconds: 0 } }, ['errors 0 now']],
    ['of the last scrape', { now: { ...current, windowSeconds: 15 } }, ['errors 0 now']],
    ['of a window', { now: current }, ['errors 0 over the last 1 min']],
    [
      'and not the average of a long step',
      { ...long, now: current },
      ['errors 0 over the last 1 min'],
    ],
    [
      'and where there is none, no long average for one of now',
      long,
      ['errors 0.0637 over 42 min, 10 min ago'],
    ],
    [
      'and where nothing is measured now, how old the last one is',
      { step: 15, series: [line('errors', [[end - 600, 0.5]])], now: { ...current, values: [] } },
      ['errors 0.5 10 min ago'],
    ],
    [
      'of which only some were measured',
      { series: [line('a', [[end - 15, 3.2]]), line('b', [[end - 600, 1]]), line('c', [])] },
      ['a 3.2 15 s ago', 'b 1 10 min ago'],
    ],
  ])('gives the values %s', (_, part, expected) => {
    expect(told(part)).toEqual(expected);
  });

  it.each([
    [20, 'errors 0 over the last 1 min'],
    [26, 'errors 0 over 1 min, 26 s ago'],
    [180, 'errors 0 over 1 min, 3 min ago'],
  ])('does not call a value of now what is %d s old', (seconds, expected) => {
    expect(told({ now: current }, now + seconds * 1_000)).toEqual([expected]);
    const ofOneMoment = { ...current, windowSeconds: 0 };
    expect(told({ now: ofOneMoment }, now + seconds * 1_000)[0].endsWith(' now')).toBe(
      seconds === 20,
    );
  });
});

describe('valueAt', () => {
  it.each([
    [end, 3.2],
    [end - 15, 3.2],
    [end - 16, undefined],
    [end + 60, undefined],
  ])('reads the value at %d', (time, expected) => {
    expect(valueAt(line('fresh', [[end - 15, 3.2]]), time, 15)).toBe(expected);
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
    expect(headline(createPanel({ unit, series }))).toMatchObject({ value, at: end });
  });

  it('is that of now, of all series together', () => {
    const values = ['ok', 'errors'].map(name => ({ name, labels: {}, value: 2 }));
    const current = { at: end, windowSeconds: 60, scrapeSeconds: 15, values };
    expect(headline(createPanel({ series, now: current }))).toMatchObject({ value: 4 });
  });

  it('is nothing without points', () => {
    expect(headline(createPanel({ series: [line('ok', [])] }))).toBeUndefined();
  });
});

describe('panelSummary', () => {
  it('tells values and releases in words, the newest release first', () => {
    const data = createPanel({
      series: [line('requests', [[end, 3.2]]), line('errors', [[end - 600, 0.1]])],
      markers: [
        { time: end - 720, version: 'sha-1a2b3c4', kind: 'release' },
        { time: end - 60, version: 'sha-9f8e7d6', kind: 'release' },
      ],
    });
    expect(panelSummary('Requests', data, now)).toBe(
      'Requests: requests 3.2 requests/s under 1 s ago, errors 0.1 requests/s 10 min ago. Releases: sha-9f8e7d6 1 min ago, sha-1a2b3c4 12 min ago.',
    );
  });

  it('says that there is nothing', () => {
    expect(panelSummary('Requests', createPanel({ series: [] }), now)).toBe(
      'Requests: not measured.',
    );
  });
});
