import { formatTime, parseTime } from './parseTime';

const now = Date.parse('2026-11-23T10:30:00.000Z');

describe('parseTime', () => {
  it.each<[string, boolean, string | undefined]>([
    ['1795430400000', false, '2026-11-23T10:40:00.000Z'],
    ['now', false, '2026-11-23T10:30:00.000Z'],
    ['now-1h', false, '2026-11-23T09:30:00.000Z'],
    ['now-90s', false, '2026-11-23T10:28:30.000Z'],
    ['now+5m', false, '2026-11-23T10:35:00.000Z'],
    ['now-1d/d', false, '2026-11-22T00:00:00.000Z'],
    ['now-1d/d', true, '2026-11-22T23:59:59.999Z'],
    ['2026-11-23T10:00:00Z', false, '2026-11-23T10:00:00.000Z'],
    ['yesterday', false, undefined],
    ['now-1y2', false, undefined],
    ['', false, undefined],
    ['2026-99-99T10:00:00Z', false, undefined],
  ])('%s (rounded up: %s) is %s', (text, roundUp, expected) => {
    const parsed = parseTime(text, now, roundUp);
    expect(parsed === undefined ? undefined : formatTime(parsed)).toBe(expected);
  });

  it('has no text for a time that no calendar has', () => {
    expect(formatTime(parseTime('9999999999999999', now) ?? 0)).toBeUndefined();
  });
});
