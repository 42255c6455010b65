import { formatInstant, isTimeZone, readInstant } from './zonedTime';

describe('readInstant', () => {
  it.each([
    ['2026-12-20T00:00:00Z', undefined, '2026-12-20T00:00:00.000Z'],
    ['2026-12-20T00:00:00+01:00', undefined, '2026-12-19T23:00:00.000Z'],
    // The offset counts, whatever the zone.
    ['2026-07-20T00:00:00+01:00', 'Europe/Berlin', '2026-07-19T23:00:00.000Z'],
    ['2026-12-20T00:00:00', 'Europe/Berlin', '2026-12-19T23:00:00.000Z'],
    ['2026-07-20T00:00:00', 'Europe/Berlin', '2026-07-19T22:00:00.000Z'],
    ['2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-11-01T00:30:00', 'America/New_York', '2026-11-01T04:30:00.000Z'],
    ['2026-12-20T12:00', 'Asia/Kathmandu', '2026-12-20T06:15:00.000Z'],
    ['2026-12-20T12:00:00', 'Pacific/Kiritimati', '2026-12-19T22:00:00.000Z'],
    ['2026-12-20T12:00:00', 'UTC', '2026-12-20T12:00:00.000Z'],
  ])('reads %s in %s', (text, zone, expected) => {
    expect(readInstant(text, zone)).toEqual({ instant: new Date(expected) });
  });

  it.each([
    ['2026-03-29T02:30:00', 'Europe/Berlin', 'is skipped in Europe/Berlin'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', 'add the offset +02:00 or +01:00'],
    ['2026-11-01T01:30:00', 'America/New_York', 'add the offset -04:00 or -05:00'],
    ['2026-12-20T00:00:00', undefined, 'has no offset'],
    ['2026-02-30T00:00:00Z', undefined, 'must be an instant'],
    ['tomorrow', 'Europe/Berlin', 'must be an instant'],
    ['', undefined, 'must be an instant'],
  ])('refuses %j in %s', (text, zone, problem) => {
    expect(readInstant(text, zone)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

it.each([
  [undefined, '2026-12-20T00:00:00Z'],
  ['UTC', '2026-12-20T00:00:00Z'],
  ['Europe/Berlin', '2026-12-20T01:00:00+01:00'],
  ['America/St_Johns', '2026-12-19T20:30:00-03:30'],
])('writes an instant in %s', (zone, expected) => {
  const text = formatInstant(new Date('2026-12-20T00:00:00Z'), zone);
  expect(text).toBe(expected);
  expect(Date.parse(text)).toBe(Date.parse('2026-12-20T00:00:00Z'));
});

it('knows time zones by their names', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Base', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
