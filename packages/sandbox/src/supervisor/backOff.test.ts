import { backOff } from './backOff';

describe('backOff', () => {
  it('doubles up to a quarter of a minute', () => {
    const pause = backOff(() => 0);
    const pauses = Array.from({ length: 8 }, () => pause.nextMs());
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it.each([
    ['begins anew after half a minute up', 30_000, 250],
    ['goes on after a shorter life', 29_999, 1000],
  ])('%s', (_, lifeMs, expected) => {
    let now = 0;
    const pause = backOff(() => now);
    pause.nextMs();
    pause.nextMs();
    pause.started();
    now += lifeMs;
    expect(pause.nextMs()).toBe(expected);
  });
});
