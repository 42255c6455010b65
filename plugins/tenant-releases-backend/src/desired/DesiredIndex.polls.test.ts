import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import type { DesiredIndex } from './DesiredIndex';

jest.setTimeout(40_000);

/** Installations share one GitHub App with 5,000 calls an hour. */
describe('pollSeconds', () => {
  let github: FakeGithub;
  let index: DesiredIndex;

  const polls = () =>
    github.requests.filter(line => line.endsWith('/commits?sha=main&per_page=1')).length;
  const probes = () => github.requests.filter(line => line.endsWith('/rate_limit')).length;
  const start = async (pollSeconds: number) => {
    ({ index } = startDesiredIndex(github, { pollSeconds }));
    await eventually(() => index.status().state, 'ok');
    await delay(300);
  };

  beforeEach(async () => {
    github = await new FakeGithub().start();
    github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
  });

  afterEach(async () => {
    await index.stop();
    await github.stop();
  });

  it.each([
    [5, 2, 2],
    [16, 1, 0],
    [3600, 1, 0],
  ])('of %s is obeyed as it stands', async (pollSeconds, expectedPolls, expectedProbes) => {
    await start(pollSeconds);
    const before = github.requests.length;
    await delay(6_000);
    expect(polls()).toBe(expectedPolls);
    expect(probes()).toBe(expectedProbes);
    // In between nothing else is asked for.
    expect(github.requests.length - before).toBeLessThanOrEqual(2);
  });

  it.each([
    ['where GitHub has limits', true],
    ['where it has none', false],
  ])('of 15 leaves an outage noticed within 10 s, %s', async (_, hasRateLimit) => {
    github.hasRateLimit = hasRateLimit;
    await start(15);
    const state = () => index.status().state;
    github.fault = { fault: { kind: 'status', status: hasRateLimit ? 500 : 404 } };
    expect(await eventually(state, 'down', 10_000)).toBe('down');
    github.fault = undefined;
    expect(await eventually(state, 'ok', 10_000)).toBe('ok');
    expect(polls()).toBeLessThanOrEqual(2);
  });

  it.each([
    ['429 without a time', 429, 'no'],
    ['403 that only its message tells of', 403, 'You have exceeded a secondary rate limit.'],
  ])('of 5 waits for a minute after a limit: %s', async (_, status, message) => {
    await start(5);
    github.rewrite = () => ({ message });
    github.fault = { fault: { kind: 'status', status } };
    expect(await eventually(() => index.status().error, 'rate-limited', 8_000)).toBe(
      'rate-limited',
    );
    const before = github.requests.length;
    await delay(6_000);
    // At most the other of poll and sign of life.
    expect(github.requests.length - before).toBeLessThanOrEqual(1);
  });

  it('of 3600 does not make the source stale between two looks', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    try {
      await start(3600);
      jest.setSystemTime(Date.now() + 3_650_000);
      expect(index.status().state).toBe('ok');
      jest.setSystemTime(Date.now() + 20_000);
      expect(index.status().state).toBe('stale');
    } finally {
      jest.useRealTimers();
    }
  });
});
