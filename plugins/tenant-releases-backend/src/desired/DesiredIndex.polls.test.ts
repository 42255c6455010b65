import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import type { DesiredIndex } from './DesiredIndex';

jest.setTimeout(40_000);

/** An index that has read the repository once, and how often it asks since. */
interface Watched {
  github: FakeGithub;
  index: DesiredIndex;
  polls(): number;
  probes(): number;
}

async function withIndex(
  pollSeconds: number,
  use: (watched: Watched) => Promise<void>,
  hasRateLimit = true,
): Promise<void> {
  const github = await new FakeGithub().start();
  github.hasRateLimit = hasRateLimit;
  github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
  const { index } = startDesiredIndex(github, { pollSeconds });
  const count = (end: string) => github.requests.filter(line => line.endsWith(end)).length;
  try {
    await eventually(() => index.status().state, 'ok');
    await delay(300);
    await use({
      github,
      index,
      polls: () => count('/commits?sha=main&per_page=1'),
      probes: () => count('/rate_limit'),
    });
  } finally {
    await index.stop();
    await github.stop();
  }
}

/** Installations share one GitHub App with 5,000 calls an hour. All at once: what takes time is to see that nothing is asked for. */
describe('pollSeconds', () => {
  it.concurrent.each([
    [5, 2, 2],
    [16, 1, 0],
    [3600, 1, 0],
  ])('of %s is obeyed as it stands', (pollSeconds, expectedPolls, expectedProbes) =>
    withIndex(pollSeconds, async ({ github, polls, probes }) => {
      const before = github.requests.length;
      await delay(6_000);
      expect(polls()).toBe(expectedPolls);
      expect(probes()).toBe(expectedProbes);
      // In between nothing else is asked for.
      expect(github.requests.length - before).toBeLessThanOrEqual(2);
    }),
  );

  it.concurrent.each([
    ['where GitHub has limits', true],
    ['where it has none', false],
  ])('of 15 leaves an outage noticed within 10 s, %s', (_, hasRateLimit) =>
    withIndex(
      15,
      async ({ github, index, polls }) => {
        const state = () => index.status().state;
        github.fault = { fault: { kind: 'status', status: hasRateLimit ? 500 : 404 } };
        expect(await eventually(state, 'down', 10_000)).toBe('down');
        github.fault = undefined;
        expect(await eventually(state, 'ok', 10_000)).toBe('ok');
        expect(polls()).toBeLessThanOrEqual(2);
      },
      hasRateLimit,
    ),
  );

  it.concurrent.each([
    ['429 without a time', 429, 'no'],
    ['403 that only its message tells of', 403, 'You have exceeded a secondary rate limit.'],
  ])('of 5 waits for a minute after a limit: %s', (_, status, message) =>
    withIndex(5, async ({ github, index }) => {
      github.rewrite = () => ({ message });
      github.fault = { fault: { kind: 'status', status } };
      expect(await eventually(() => index.status().error, 'rate-limited', 8_000)).toBe(
        'rate-limited',
      );
      const before = github.requests.length;
      await delay(6_000);
      // At most the other of poll and sign of life.
      expect(github.requests.length - before).toBeLessThanOrEqual(1);
    }),
  );

  it('of 3600 does not make the source stale between two looks', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    try {
      await withIndex(3600, async ({ index }) => {
        jest.setSystemTime(Date.now() + 3_650_000);
        expect(index.status().state).toBe('ok');
        jest.setSystemTime(Date.now() + 20_000);
        expect(index.status().state).toBe('stale');
      });
    } finally {
      jest.useRealTimers();
    }
  });
});
