import { formatDuration, formatTime, fromSeconds, parseTime, toSeconds } from './time';

describe('parseTime', () => {
  it.each<[string, bigint | undefined]>([
    ['1795405164500000000', 1_795_405_164_500_000_000n],
    ['1795405164', 1_795_405_164_000_000_000n],
    ['1795405164.25', 1_795_405_164_250_000_000n],
    ['2026-11-23T10:00:00Z', 1_795_428_000_000_000_000n],
    ['2026-11-23T11:00:00+01:00', 1_795_428_000_000_000_000n],
    ['2026-11-23T10:00:00.123456789Z', 1_795_428_000_123_456_789n],
    ['2026-11-23T10:00:00.5Z', 1_795_428_000_500_000_000n],
    ['2026-11-23', undefined],
    ['2026-13-23T10:00:00Z', undefined],
    ['now', undefined],
    ['1e9', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });
});

it('writes times as Go does', () => {
  expect(formatTime(1_000_000_000_000_000_000n)).toBe('2001-09-09T01:46:40Z');
  expect(formatTime(1_795_428_000_999_000_000n)).toBe('2026-11-23T10:00:00Z');
});

it.each([
  [9_999_999_999_000_000n, '2777h46m39.999s'],
  [10_000_000_000_000_000n, '2777h46m40s'],
])('writes %d nanoseconds as Go does', (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});

it('converts seconds both ways to the microsecond', () => {
  expect(fromSeconds(1_795_405_164.25)).toBe(1_795_405_164_250_000_000n);
  expect(toSeconds(1_795_405_164_250_001_999n)).toBe(1_795_405_164.250001);
});
