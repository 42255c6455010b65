import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { tenantText } from '@internal/gitops/testUtils';
import { personalToken } from '../forge';
import { authorOf, git, startTestForge, type TestForge } from '../forge/__testUtils__/testForge';

// Real Git, on a machine that may be busy.
jest.setTimeout(60_000);

const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const policyPath = 'gitops/policy/releases.yaml';
const repository = { owner: 'acme', repo: 'platform' };

let forge: TestForge;
beforeEach(async () => {
  const files = {
    [fileOf('tenant-a')]: tenantText('tenant-a', { ring: 0 }),
    [fileOf('tenant-b')]: tenantText('tenant-b'),
    [fileOf('tenant-h')]: tenantText('tenant-h', { hold: 'sha-1111111' }),
    [policyPath]: 'rings: [{ ring: 0, name: canary }, { ring: 1, name: early }]\n',
  };
  forge = await startTestForge({
    seed: seeded =>
      seeded.commitFiles({
        repository: 'platform',
        branch: 'main',
        files,
        message: 'Tenants',
        author: authorOf('ada'),
      }),
  });
});
afterEach(() => forge.close());

async function change(args: string[], { actor = 'ada', now = '2026-12-01T12:00:00Z' } = {}) {
  const ran = { out: '', err: '' };
  const places = ['--dir', '.', '--policy-path', policyPath];
  // A folder that is no checkout: what counts is at the host.
  const code = await runGitops([...args, ...places, '--open-pr', '--output', 'json'], {
    directory: forge.settings.stateDir,
    env: {
      GITHUB_TOKEN: personalToken('github-actions[bot]'),
      GITHUB_API_URL: `${forge.url}/api/v3`,
      GITHUB_REPOSITORY: 'acme/platform',
      GITHUB_ACTOR: actor,
      GITHUB_ACTIONS: 'true',
    },
    now: () => new Date(now),
    write: text => {
      ran.out += text;
    },
    warn: text => {
      ran.err += text;
    },
  });
  return { code, err: ran.err, ...JSON.parse(ran.out || '{}') };
}

const pulls = async () =>
  (await forge.octokit().rest.pulls.list({ ...repository, state: 'all' })).data;
const numbers = ({ pullRequests = [] }: { pullRequests?: Array<{ number: number }> }) =>
  pullRequests.map(({ number }) => number);

const rollback = [
  'rollback',
  '--version',
  'sha-0',
  '--tenant',
  'tenant-b',
  '--reason',
  'errors | <b>',
];

it('opens one pull request that the same request finds, whoever asks and whenever', async () => {
  const first = await change(rollback);
  expect(first).toMatchObject({
    code: 0,
    pullRequests: [{ number: expect.any(Number), url: expect.any(String), ring: 1 }],
    tenants: ['tenant-b'],
    leftOut: [],
  });
  const [number] = numbers(first);
  const { rest } = forge.octokit();
  const { data: pull } = await rest.pulls.get({ ...repository, pull_number: number });
  expect(pull.title).toBe('Roll back tenant-b to demo-api sha-0');
  expect(pull.body).toContain('**Why:** errors \\| \\<b\\>');
  expect(pull.body).toContain('**Blast radius**');
  const { data: commits } = await rest.pulls.listCommits({ ...repository, pull_number: number });
  expect(commits).toHaveLength(1);
  expect(commits[0].commit.author?.name).toBe('ada');
  expect(commits[0].commit.message).toMatch(
    /\n\nRelease-Tenant: tenant-b\nRelease-Version: sha-0\nRelease-Reason: errors \| <b>\nGitops-Change: rollback\/demo-api files=\w+\n?$/,
  );

  const other = { actor: 'otto', now: '2026-12-01T13:00:00Z' };
  expect(numbers(await change([...rollback, '--service', 'demo-api'], other))).toEqual([number]);
  expect((await rest.pulls.get({ ...repository, pull_number: number })).data.head.sha).toBe(
    pull.head.sha,
  );
  expect(await pulls()).toHaveLength(1);

  // Closed, it is opened anew; merged, there is nothing left to do.
  await rest.pulls.update({ ...repository, pull_number: number, state: 'closed' });
  const [anew] = numbers(await change(rollback, other));
  expect(anew).not.toBe(number);
  await forge
    .octokit(personalToken('otto'))
    .rest.pulls.createReview({ ...repository, pull_number: anew, event: 'APPROVE' });
  const merge = { ...repository, pull_number: anew };
  await forge.octokit(personalToken('otto')).rest.pulls.merge(merge);
  expect(await change(rollback)).toMatchObject({ code: 1, error: { code: 'NOTHING_TO_CHANGE' } });
  expect(await change(['promote', '--version', 'sha-2', '--tenant', 'tenant-b'])).toMatchObject({
    code: 1,
    error: { code: 'HELD', message: expect.stringContaining('is held at sha-0 by user:default/') },
  });
});

it('opens one pull request a ring, or one for all', async () => {
  const promote = ['promote', '--version', 'sha-2'];
  const found = await change(promote);
  expect(found).toMatchObject({
    pullRequests: [{ ring: 0 }, { ring: 1 }],
    leftOut: [{ tenant: 'tenant-h', code: 'HELD' }],
  });
  expect(
    numbers(await change(['promote', '--tier', 'standard', '--version', 'sha-3'])),
  ).toHaveLength(2);
  expect(numbers(await change([...promote, '--one-pull-request']))).toHaveLength(1);
  expect(numbers(await change(promote))).toEqual(numbers(found));
  expect(await pulls()).toHaveLength(5);
});

it.each([
  [['mark-bad', '--version', 'sha-2', '--reason', 'loses orders']],
  [['freeze', '--until', '2027-01-02T08:00:00', '--time-zone', 'Europe/Berlin', '--reason', 'x']],
  [['hold', '--tenant', 'tenant-a', '--reason', 'x']],
])('finds a change that says who asked, and when: %j', async args => {
  const first = await change(args);
  expect(first).toMatchObject({ code: 0, err: '' });
  const again = await change(args, { actor: 'otto', now: '2026-12-01T14:00:00Z' });
  expect(numbers(again)).toEqual(numbers(first));
  const [pull] = await pulls();
  const { data } = await forge
    .octokit()
    .rest.pulls.listCommits({ ...repository, pull_number: pull.number });
  expect(data.map(({ commit }) => commit.author?.name)).toEqual(['ada']);
});

it('leaves what somebody else put on its branch, and says so', async () => {
  const [number] = numbers(await change(rollback));
  const { data: pull } = await forge
    .octokit()
    .rest.pulls.get({ ...repository, pull_number: number });
  const clone = path.join(forge.settings.stateDir, 'clone');
  await git(forge.settings.stateDir, 'clone', '--quiet', `${forge.url}/acme/platform.git`, clone);
  await git(clone, 'checkout', '--quiet', pull.head.ref);
  writeFileSync(path.join(clone, 'README.md'), 'mine\n');
  await git(clone, 'commit', '--quiet', '--all', '--message', 'Mine');
  const token = Buffer.from(`x:${personalToken('ada')}`).toString('base64');
  const header = `http.extraHeader=authorization: Basic ${token}`;
  await git(clone, '-c', header, 'push', '--quiet', 'origin', 'HEAD');
  expect(await change(rollback)).toMatchObject({
    code: 1,
    error: { code: 'CONFLICT', message: expect.stringContaining('holds commits of somebody else') },
  });
});

it('ends in one pull request, however many ask for the same at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => change(rollback, { actor: `person-${index}` })),
  );
  expect(answers.map(({ code, err }) => [code, err])).toEqual(answers.map(() => [0, '']));
  expect(new Set(answers.flatMap(numbers)).size).toBe(1);
  expect(await pulls()).toHaveLength(1);
});

it('loses nothing when several change one tenant at once', async () => {
  const kinds = [
    rollback,
    ['promote', '--version', 'sha-2', '--tenant', 'tenant-b'],
    ['hold', '--tenant', 'tenant-b', '--reason', 'fair'],
    ['set', '--tenant', 'tenant-b', '--set', 'tier=premium'],
  ];
  const answers = await Promise.all(kinds.map(args => change(args)));
  expect(new Set(answers.flatMap(numbers)).size).toBe(kinds.length);
  const { rest } = forge.octokit();
  for (const number of answers.flatMap(numbers)) {
    const { data } = await rest.pulls.listFiles({ ...repository, pull_number: number });
    expect(data.map(({ filename }) => filename)).toEqual([fileOf('tenant-b')]);
  }
});
