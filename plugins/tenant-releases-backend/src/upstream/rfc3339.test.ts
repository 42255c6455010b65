import { rfc3339 } from './rfc3339';

describe('rfc3339', () => {
  it.each([
    '2026-11-30T15:35:13Z',
    '2026-11-30T15:35:13.123456789Z',
    '2026-11-30T17:35:13+02:00',
    '2024-02-29T00:00:00Z',
  ])('takes %s', time => expect(rfc3339.safeParse(time).success).toBe(true));

  it.each([
    '',
    'not a time',
    '2026-13-45T99:99:99Z',
    '2026-11-30',
    '2026-11-30T15:35:13',
    `2026-11-30T15:35:13.${'1'.repeat(1_000_000)}Z`,
    'x'.repeat(1_000_000),
  ])('does not take %.30s', time => expect(rfc3339.safeParse(time).success).toBe(false));
});
