import { setTimeout as delay } from 'node:timers/promises';
import { FakeGitApi } from '../__testUtils__/FakeGitApi';
import { UpstreamError } from '@internal/gitops';
import { CommitCache } from './CommitCache';
import { TenantFiles } from './TenantFiles';

const told = { number: 7, url: 'https://git.example.com/pull/7', title: 'Bump' };
const whole = { ...told, mergedBy: 'Ada' };

/** Of a repository that tells of pull requests itself; the host answers as `ask` does. */
async function view(ask: () => Promise<typeof whole>, views: number) {
  const api = new FakeGitApi();
  const pullRequestOf = jest.fn(ask);
  Object.assign(api, { pullRequestOf, toldPullRequestOf: async () => told });
  const commits = new CommitCache(api, new TenantFiles(10_000), 'main');
  const { commit } = (await api.head('main'))!;
  const onMore = jest.fn();
  const answers = [];
  for (let i = 0; i < views; i++) answers.push(await commits.pullRequestOf(commit, onMore));
  await delay(700);
  answers.push(await commits.pullRequestOf(commit, onMore));
  await delay(700);
  return { answers, asked: pullRequestOf.mock.calls.length, onMore };
}

describe('a pull request that the repository tells of itself', () => {
  it('is completed by the host once, for all who looked meanwhile', async () => {
    const { answers, asked, onMore } = await view(async () => whole, 3);
    expect(answers).toEqual([told, told, told, whole]);
    expect(asked).toBe(1);
    expect(onMore.mock.calls).toEqual([[whole], [whole], [whole]]);
  });

  it.each<[string, () => Promise<typeof whole>]>([
    ['hangs', () => new Promise(() => {})],
    [
      'is away',
      async () => {
        throw new UpstreamError('unreachable', 'away');
      },
    ],
  ])('stands while the host %s, which no view asks again', async (_, ask) => {
    const { answers, asked, onMore } = await view(ask, 3);
    expect(answers).toEqual([told, told, told, told]);
    expect(asked).toBe(1);
    expect(onMore).not.toHaveBeenCalled();
  });
});
