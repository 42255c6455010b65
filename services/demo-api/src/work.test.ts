import { createFaults, InjectedFault } from './faults';
import { logNormalDuration, work } from './work';

/** A repeatable stream of numbers in [0, 1): the multiplicative generator of Park and Miller. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('logNormalDuration', () => {
  it('is mostly between 10 and 60 ms around a median of 25 ms', () => {
    const random = seeded(42);
    const durations = Array.from({ length: 4000 }, () => logNormalDuration(25, random));
    durations.sort((a, b) => a - b);
    expect(durations[2000]).toBeGreaterThan(23);
    expect(durations[2000]).toBeLessThan(27);
    const usual = durations.filter(each => each >= 10 && each <= 60).length;
    expect(usual / durations.length).toBeGreaterThan(0.93);
  });

  it('stays finite and bounded at the edges of the random numbers', () => {
    for (const edge of [0, 0.5, 1 - Number.EPSILON / 2]) {
      const duration = logNormalDuration(25, () => edge);
      expect(duration).toBeGreaterThan(0);
      expect(duration).toBeLessThanOrEqual(250);
    }
  });
});

describe('work', () => {
  it('takes the time that was asked for', async () => {
    const startedAt = performance.now();
    await work(40);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38);
  });
});

describe('createFaults', () => {
  const share = async (ratio: number) => {
    const random = seeded(7);
    const mayFail = createFaults(ratio, random);
    const outcomes = await Promise.allSettled(Array.from({ length: 400 }, mayFail));
    return outcomes.filter(each => each.status === 'rejected').length / outcomes.length;
  };

  it('fails no call at 0, every call at 1 and about the share between', async () => {
    expect(await share(0)).toBe(0);
    expect(await share(1)).toBe(1);
    const some = await share(0.35);
    expect(some).toBeGreaterThan(0.28);
    expect(some).toBeLessThan(0.42);
  });

  it('fails with an error that can be told from others', async () => {
    await expect(createFaults(1, seeded(1))()).rejects.toBeInstanceOf(InjectedFault);
  });
});
