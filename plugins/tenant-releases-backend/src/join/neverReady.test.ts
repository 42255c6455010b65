import { areNeverReady } from './neverReady';

const start = '2026-01-01T00:00:00Z';
const later = '2026-01-01T00:01:00Z';

describe('areNeverReady', () => {
  it.each([
    ['one that is ready', [{ ready: true, startedAt: start }], false],
    [
      'one that was unready from its start',
      [{ ready: false, startedAt: start, unreadySince: start }],
      true,
    ],
    [
      'one that became unready later',
      [{ ready: false, startedAt: start, unreadySince: later }],
      false,
    ],
    ['one whose times are not known', [{ ready: false }], false],
    [
      'one whose version was ready in a pod before',
      [{ ready: false, startedAt: start, unreadySince: start, wasReady: true as const }],
      false,
    ],
    [
      'two of which one is ready',
      [{ ready: false, startedAt: start, unreadySince: start }, { ready: true }],
      false,
    ],
  ])('%s', (_, pods, expected) => {
    expect(areNeverReady(pods)).toBe(expected);
  });
});
