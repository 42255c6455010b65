import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import type { DesiredIndex } from './DesiredIndex';
import { isBotIdentity } from '@internal/gitops';

/** A program writes the commit, a person decides to merge it. */
describe('DesiredIndex of commits that a bot wrote', () => {
  let github: FakeGithub;
  let index: DesiredIndex;

  const change = () => index.state(index.get('tenant-a', 'demo-api')!).change;
  const start = async (options: Parameters<FakeGithub['commit']>[1]) => {
    github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') }, options);
    ({ index } = startDesiredIndex(github));
    await eventually(() => index.entries().length > 0 && change() !== undefined, true);
  };

  beforeEach(async () => {
    github = await new FakeGithub().start();
  });

  afterEach(async () => {
    await index.stop();
    await github.stop();
  });

  it.each([
    ['who has given a name', 'renovate[bot]', 'jdoe', 'Jo Doe'],
    ['without a name', 'renovate[bot]', 'ada-l', 'ada-l'],
    ['that is another bot', 'renovate[bot]', 'mergify[bot]', 'mergify[bot]'],
    ['that is the author', 'renovate[bot]', 'renovate[bot]', 'renovate[bot]'],
    ['when the author is a person', 'Ada', 'jdoe', 'Jo Doe'],
    ['of a person who merged it alone', 'Ada', 'Ada', 'Ada'],
  ])('tells who merged it: one %s', async (_, author, mergedBy, expected) => {
    await start({ author, mergedBy, pullRequest: 3 });
    expect(change()).toMatchObject({ author, pullRequest: { number: 3 } });
    expect(change()?.pullRequest?.mergedBy).toBe(expected);
    const [first] = await index.history(index.get('tenant-a', 'demo-api')!, 10);
    expect(first.pullRequest?.mergedBy).toBe(expected);
    const asked = github.requests.filter(line => line.includes('/pulls/'));
    expect(asked).toHaveLength(1);
    expect(change()?.isBot).toBe(author === 'Ada' ? undefined : true);
    expect(change()?.pullRequest?.mergedByBot).toBe(/bot/.test(expected) ? true : undefined);
  });

  it.each([403, 404])('tells the login when the name is answered with %s', async status => {
    github.fault = { fault: { kind: 'status', status }, path: /^\/users\// };
    await start({ author: 'renovate[bot]', mergedBy: 'jdoe', pullRequest: 3 });
    expect(change()?.pullRequest).toMatchObject({ number: 3, mergedBy: 'jdoe' });
  });

  it('asks for a person once, whatever they merge', async () => {
    const other = { [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1') };
    github.commit(other, { author: 'renovate[bot]', mergedBy: 'jdoe', pullRequest: 2 });
    await start({ author: 'renovate[bot]', mergedBy: 'jdoe', pullRequest: 3 });
    const first = () => index.state(index.get('tenant-b', 'demo-api')!).change?.pullRequest;
    expect(await eventually(() => first()?.mergedBy, 'Jo Doe')).toBe('Jo Doe');
    expect(github.requests.filter(line => line.includes('/users/'))).toHaveLength(1);
  });

  it('tells the pull request when nobody says who merged it', async () => {
    github.fault = { fault: { kind: 'status', status: 500 }, path: /\/pulls\/3$/ };
    await start({ author: 'renovate[bot]', mergedBy: 'jdoe', pullRequest: 3 });
    expect(change()?.pullRequest).toMatchObject({ number: 3 });
    expect(change()?.pullRequest).not.toHaveProperty('mergedBy');
  });

  it.each([
    ['squashed', 'Bump demo-api (#3)', { number: 3, title: 'Bump demo-api' }],
    [
      'merged',
      'Merge pull request #4 from acme/bump\n\nBump demo-api',
      { number: 4, title: 'Bump demo-api' },
    ],
    ['of no pull request', 'Bump demo-api', undefined],
  ])(
    'goes by the message of what was %s where pull requests may not be read',
    async (_, message, expected) => {
      github.fault = { fault: { kind: 'status', status: 403 }, path: /\/pulls$/ };
      await start({ author: 'Ada', message, pullRequest: 3 });
      expect(change()?.pullRequest).toEqual(
        expected && {
          ...expected,
          url: `https://git.example.com/acme/platform/pull/${expected.number}`,
          mergedAt: change()?.committedAt,
        },
      );
    },
  );

  it.each([
    [{ type: 'Bot' }, true],
    [{ login: 'renovate[bot]', type: 'User' }, true],
    [{ email: '29139614+renovate[bot]@users.noreply.github.com' }, true],
    [{ name: 'GitHub', email: 'NoReply@GitHub.com' }, true],
    [{ name: 'Robot Builder', login: 'bot', email: '1+ada@users.noreply.github.com' }, false],
    [{ name: null, login: null, email: null }, false],
  ])('takes %j for a program: %s', (identity, expected) => {
    expect(isBotIdentity(identity)).toBe(expected);
  });
});
