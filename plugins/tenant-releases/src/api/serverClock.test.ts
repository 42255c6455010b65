import { forgetServerTime, observeServerTime, serverNow } from './serverClock';

const date = (time: number) => new Date(time).toUTCString();
const minute = 60_000;

describe('serverNow', () => {
  const truth = Date.parse('2026-11-23T12:00:00Z');
  let passed: number;
  /** An answer that the server gave `delay` ms after the request, and that took as long to come. */
  const answer = (delay = 20, serverTime = truth + passed) => {
    const sentAt = passed;
    passed += 2 * delay;
    observeServerTime(date(serverTime + delay), sentAt, passed);
  };

  beforeEach(() => {
    passed = 0;
    forgetServerTime();
    jest.spyOn(performance, 'now').mockImplementation(() => passed);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    forgetServerTime();
  });

  it.each([0, 10 * minute, -10 * minute, 365 * 24 * 60 * minute])(
    'is the server’s with a browser that is off by %d ms',
    off => {
      jest.spyOn(Date, 'now').mockImplementation(() => truth + passed + off);
      expect(serverNow()).toBe(truth + off);
      answer();
      expect(Math.abs(serverNow() - (truth + passed))).toBeLessThan(1_100);
      passed += 90 * minute;
      expect(Math.abs(serverNow() - (truth + passed))).toBeLessThan(1_100);
    },
  );

  it('does not run ahead of the server, so that no age is negative', () => {
    for (let index = 0; index < 50; index += 1) {
      passed += 777;
      answer(index * 10);
      expect(serverNow()).toBeLessThanOrEqual(truth + passed);
    }
    expect(truth + passed - serverNow()).toBeLessThan(1_100);
  });

  it('does not go back because of an answer that was long under way', () => {
    answer();
    const before = serverNow() - passed;
    answer(10_000);
    expect(serverNow() - passed).toBeGreaterThanOrEqual(before);
  });

  it('follows a server whose clock is set, in either direction', () => {
    answer();
    for (const off of [10 * minute, -10 * minute]) {
      answer(20, truth + passed + off);
      expect(Math.abs(serverNow() - (truth + passed + off))).toBeLessThan(1_100);
    }
  });

  it.each([null, '', 'yesterday'])('learns nothing from %j', header => {
    jest.spyOn(Date, 'now').mockReturnValue(truth);
    observeServerTime(header, 0, 1);
    expect(serverNow()).toBe(truth);
  });
});
