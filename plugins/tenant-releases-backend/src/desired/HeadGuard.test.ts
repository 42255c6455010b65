import { HeadGuard } from './HeadGuard';

const head = (sha: string, day: number) => ({ sha, committedAt: `2026-01-0${day}T00:00:00Z` });

describe('HeadGuard', () => {
  let guard: HeadGuard;

  beforeEach(() => {
    guard = new HeadGuard();
    guard.take(head('a', 1));
    guard.take(head('c', 3));
  });

  it('takes what is new', () => {
    expect(guard.accepts(head('d', 4))).toBe(true);
    expect(guard.accepts(head('e', 3))).toBe(true);
  });

  it.each([
    ['a head that was replaced', head('a', 5)],
    ['one that was made before', head('b', 2)],
  ])('takes %s only when it is told for a while', (_, old) => {
    expect(guard.accepts(old, 0)).toBe(false);
    expect(guard.accepts(old, 5_999)).toBe(false);
    expect(guard.accepts(old, 6_000)).toBe(true);
  });

  it('begins to count again when something else was told between', () => {
    expect(guard.accepts(head('b', 2), 0)).toBe(false);
    expect(guard.accepts(head('c', 3), 3_000)).toBe(true);
    expect(guard.accepts(head('b', 2), 7_000)).toBe(false);
  });

  it('does not take a single late answer for insistence', () => {
    expect(guard.accepts(head('b', 2), 0)).toBe(false);
    expect(guard.accepts(head('a', 1), 7_000)).toBe(false);
  });

  it('remembers a bounded number of heads', () => {
    for (let count = 0; count < 60; count += 1) guard.take(head(`x${count}`, 5));
    expect(guard.accepts(head('x58', 5), 0)).toBe(false);
    expect(guard.accepts(head('x1', 5), 0)).toBe(true);
  });
});
