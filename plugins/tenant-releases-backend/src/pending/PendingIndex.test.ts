import { mockServices } from '@backstage/backend-test-utils';
import { readGitopsConfig, UpstreamError, type PullAnswer } from '@internal/gitops';
import { PendingIndex, type PendingIndexOptions } from './PendingIndex';

jest.mock('node:timers/promises', () => jest.requireActual('../__testUtils__/fakeDelays'));

const gitops = readGitopsConfig({
  getOptional: key =>
    ({ 'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform' }[key]),
});
const repo = { full_name: 'acme/platform' };
const pull: PullAnswer = {
  number: 7,
  html_url: 'https://git.example.com/acme/platform/pull/7',
  title: 'Onboard tenant-b',
  created_at: '2026-01-01T00:00:00Z',
  head: { ref: 'onboard/tenant-b', sha: 'a'.repeat(40), repo },
  base: { ref: 'main', repo },
};
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);

describe('PendingIndex', () => {
  const open = jest.fn<Promise<PullAnswer[]>, []>();
  let index: PendingIndex;
  const start = async (checks: 'success' | 'pending' = 'success') => {
    const options: PendingIndexOptions = {
      pulls: {
        open,
        ended: async () => [],
        facts: async () => ({
          checks: { state: checks, failing: [] },
          review: 'waiting',
          merge: 'clean',
        }),
      },
      git: { fileAt: async () => undefined, quota: () => Infinity },
      gitops,
      service: 'demo-api',
      logger: mockServices.logger.mock(),
    };
    index = new PendingIndex(options);
    index.start();
    await seconds(0);
    expect(open).toHaveBeenCalledTimes(1);
    open.mockClear();
  };
  const seenByTwenty = () => Promise.all(Array.from({ length: 20 }, () => index.seen()));
  /** Twenty people have the page open, which asks every few seconds. */
  const view = async (count: number) => {
    for (let second = 0; second < count; second += 5) {
      await seenByTwenty();
      await seconds(5);
    }
  };

  beforeEach(() => {
    jest.useFakeTimers();
    open.mockReset().mockResolvedValue([pull]);
  });

  afterEach(async () => {
    await index.stop();
    jest.useRealTimers();
  });

  it('asks rarely while nobody is there to see it', async () => {
    await start('pending');
    await seconds(290);
    expect(open).not.toHaveBeenCalled();
    await seconds(20);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['soon while checks run', 'pending' as const, [20, 26]],
    ['calmly while none do', 'success' as const, [4, 5]],
  ])('asks %s, for those who look, however many they are', async (_, checks, [least, most]) => {
    await start(checks);
    await view(120);
    expect(open.mock.calls.length).toBeGreaterThanOrEqual(least);
    expect(open.mock.calls.length).toBeLessThanOrEqual(most);
    open.mockClear();
    // The last of them has left.
    await seconds(100);
    const after = open.mock.calls.length;
    await seconds(180);
    expect(open.mock.calls.length).toBe(after);
  });

  it('shows the first who looks after a while the newest state', async () => {
    await start();
    await seconds(120);
    open.mockResolvedValue([]);
    expect(index.list()).toHaveLength(1);
    await index.seen();
    expect(index.list()).toHaveLength(0);
    expect(index.status()).toMatchObject({ state: 'ok', ageSeconds: 0 });
  });

  it('lets nobody wait for a host that hangs, and says how old it is', async () => {
    await start();
    await seconds(120);
    let answer = (_: PullAnswer[]) => {};
    open.mockReturnValueOnce(new Promise(resolve => (answer = resolve)));
    let isShown = false;
    const shown = index.seen().then(() => (isShown = true));
    await seconds(1);
    expect(isShown).toBe(false);
    await seconds(1);
    await shown;
    expect(index.list()).toHaveLength(1);
    expect(index.status()).toMatchObject({ state: 'stale', ageSeconds: 122 });
    // Others find that it is being looked already.
    await index.seen();
    answer([]);
    await seconds(0);
    expect(index.list()).toHaveLength(0);
  });

  it('leaves a host alone that asks for it, whoever looks', async () => {
    await start();
    await seconds(120);
    open.mockRejectedValue(new UpstreamError('rate-limited', 'slow down', 100));
    await view(90);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('looks at once when a pull request was opened, or its tenant has come', async () => {
    await start();
    index.refresh();
    index.refresh();
    await seconds(1);
    expect(open).toHaveBeenCalledTimes(1);
    index.onChange(['tenant-a', 'tenant-c']);
    await seconds(1);
    expect(open).toHaveBeenCalledTimes(1);
    index.onChange(['tenant-a', 'tenant-b']);
    await seconds(1);
    expect(open).toHaveBeenCalledTimes(2);
    index.onChange('all');
    await seconds(1);
    expect(open).toHaveBeenCalledTimes(3);
  });
});
