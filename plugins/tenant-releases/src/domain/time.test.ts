import { formatClock, formatDuration, formatRelative, secondsBetween } from './time';

const minute = 60;
const hour = 3600;
const day = 24 * hour;

describe('formatDuration', () => {
  it.each([
    [-5, 'under 1 s'],
    [0.4, 'under 1 s'],
    [27, '27 s'],
    [59.9, '59 s'],
    [12 * minute, '12 min'],
    [2 * hour + 59 * minute, '2 h'],
    [47 * hour, '47 h'],
    [3 * day + 5 * hour, '3 d'],
  ])('%d s is "%s"', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  it.each([
    [0, 'now'],
    [-40, '40 s ago'],
    [-5 * minute, '5 min ago'],
    [-2 * hour, '2 h ago'],
    [-3 * day, '3 d ago'],
    [90, 'in 1 min'],
    // The clock of who stamped it is a little ahead.
    [30, 'now'],
  ])('%d s from now is "%s"', (seconds, expected) => {
    expect(formatRelative(now + seconds * 1000, now)).toBe(expected);
  });
});

describe('secondsBetween', () => {
  it.each<[string | undefined, string | number | undefined, number | undefined]>([
    ['2026-11-23T12:00:00Z', '2026-11-23T12:00:27Z', 27],
    ['2026-11-23T12:00:00Z', Date.parse('2026-11-23T12:01:00Z'), 60],
    ['2026-11-23T12:00:00.500Z', '2026-11-23T12:00:00Z', -0.5],
    [undefined, '2026-11-23T12:00:00Z', undefined],
    ['2026-11-23T12:00:00Z', undefined, undefined],
    ['yesterday', '2026-11-23T12:00:00Z', undefined],
  ])('from %s to %s', (from, to, expected) => {
    expect(secondsBetween(from, to)).toBe(expected);
  });
});

describe('formatClock', () => {
  it('has the date only for times that are not of today', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(formatClock(now - 90_000, now)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(formatClock(now - 3 * day * 1000, now)).toMatch(/^20 Nov, \d\d:\d\d$/);
  });
});
