import { defaultTimeRange, timeRangeById, timeRanges, timeSpan } from './timeRange';

describe('timeRangeById', () => {
  it.each([
    ['15m', '15m'],
    ['7d', '7d'],
    ['', defaultTimeRange.id],
    [null, defaultTimeRange.id],
    ['99y', defaultTimeRange.id],
  ])('%s', (id, expected) => {
    expect(timeRangeById(id).id).toBe(expected);
  });
});

describe('timeSpan', () => {
  it.each(timeRanges.map(range => [range.id, range] as const))(
    'of %s is whole, ends on a step and has 180 to 400 points',
    (_, range) => {
      const now = Date.parse('2026-11-23T12:00:07.891Z');
      const { start, end } = timeSpan(range, now);
      expect(end - start).toBe(range.seconds);
      expect(end % range.step).toBe(0);
      expect(now / 1000 - end).toBeLessThan(range.step);
      expect(range.seconds / range.step).toBeGreaterThanOrEqual(180);
      expect(range.seconds / range.step).toBeLessThanOrEqual(400);
    },
  );
});
