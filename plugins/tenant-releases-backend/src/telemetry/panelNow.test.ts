import { sourceOfNow, valuesAt } from './panelNow';

describe('sourceOfNow', () => {
  const now = 1_000_000;
  it.each([
    ['points that are as close as scrapes', { end: now - 10, step: 10 }, 15, 'points'],
    ['a step of half an hour', { end: now - 900, step: 1_800 }, 15, 'query'],
    ['a step that is longer than a scrape takes', { end: now - 20, step: 60 }, 15, 'query'],
    ['a step of a scrape', { end: now - 60, step: 60 }, 60, 'points'],
    ['a request that came late', { end: now - 14, step: 10 }, 15, 'points'],
    ['a range of yesterday', { end: now - 86_400, step: 10 }, 15, undefined],
    ['a range that ended some steps ago', { end: now - 30, step: 10 }, 60, undefined],
    ['a caller whose clock is ahead', { end: now + 600, step: 10 }, 15, 'query'],
  ])('of %s', (_, grid, scrapeSeconds, expected) => {
    expect(sourceOfNow({ start: 0, ...grid }, scrapeSeconds, now)).toBe(expected);
  });
});

describe('valuesAt', () => {
  it('leaves out what has no value at that moment, also if it had one before', () => {
    const line = (name: string, ...points: Array<[number, number]>) => ({
      name,
      labels: { version: 'v1' },
      points,
    });
    const series = [line('now', [10, 1], [20, 2]), line('before', [10, 1]), line('never')];
    expect(valuesAt(series, 20)).toEqual([{ name: 'now', labels: { version: 'v1' }, value: 2 }]);
  });
});
