import {
  Mirror,
  readGitopsConfig,
  OddAnswerError,
  UpstreamError,
  type MergedPulls,
} from '@internal/gitops';
import { GitRemote } from '@internal/gitops/testUtils';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MirroredRepository } from './MirroredRepository';

// Git's processes take their time on a busy machine.
jest.setTimeout(30_000);

const gitops = readGitopsConfig({
  getOptional: key =>
    ({ 'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform' }[key]),
});
const file = 'gitops/tenants/acme-values.yaml';

let remote: GitRemote;
let directory: string;
let host: jest.Mocked<MergedPulls>;
let ends: MirroredRepository[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'mirror-'));
  remote = await new GitRemote().start();
  host = { pullRequestOf: jest.fn(), mergedBy: jest.fn() };
  ends = [];
});
afterEach(async () => {
  ends.forEach(end => end.close());
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

const open = (more: Partial<ConstructorParameters<typeof MirroredRepository>[0]> = {}) => {
  const { url } = remote;
  const mirror = new Mirror({ url, repository: 'acme/platform', branch: 'main', directory });
  const options = { mirror, gitops, mayHold: () => true, hostKind: 'github' as const, host };
  const repository = new MirroredRepository({ ...options, ...more });
  ends.push(repository);
  return repository;
};

describe('pull requests', () => {
  it('are told by a squash commit of the host, and by the merge that brought a commit', async () => {
    const squash = remote.commit({ a: '1' }, { committer: 'GitHub', message: 'Bump (#3)' });
    const side = remote.commit({ b: '1' }, { branch: 'side', from: squash });
    const message = 'Merge pull request #4 from acme/side\n\nBump the side';
    const merge = remote.commit({ b: '1' }, { merges: [side], message, author: 'Bo' });
    const repository = open();
    await repository.head('main');
    const page = 'https://git.example.com/acme/platform/pull';
    const mergedAt = expect.stringMatching(/^2026-01-01T/);
    expect(await repository.pullRequestOf(squash, 'main')).toEqual({
      number: 3,
      title: 'Bump',
      url: `${page}/3`,
      mergedAt,
    });
    const told = { number: 4, title: 'Bump the side', url: `${page}/4`, mergedAt, mergedBy: 'Bo' };
    expect(await repository.pullRequestOf(side, 'main')).toEqual(told);
    expect(await repository.pullRequestOf(merge, 'main')).toEqual(told);
    expect(host.pullRequestOf).not.toHaveBeenCalled();
  });

  it.each([
    ['by the author of the merge', 'Bo', 2, { mergedBy: 'Bo' }],
    ['by a program', 'merge-queue[bot]', 2, { mergedBy: 'merge-queue[bot]', mergedByBot: true }],
    ['by nobody that a commit of one parent names', 'Bo', 1, {}],
  ])('were merged %s', async (_, author, parents, expected) => {
    const base = remote.commit({ a: '1' });
    const side = remote.commit({ b: '1' }, { branch: 'side', from: base });
    const message = 'Merge pull request #4 from acme/side\n\nBump the side';
    const merges = parents === 2 ? [side] : [];
    const merge = remote.commit({ b: '1' }, { merges, message, author });
    const repository = open();
    await repository.head('main');
    const { number, mergedBy, mergedByBot } = (await repository.toldPullRequestOf(merge))!;
    expect(number).toBe(4);
    expect({ mergedBy, mergedByBot }).toEqual(expected);
  });

  it('are asked of the host where no message tells of them', async () => {
    const pushed = remote.commit({ a: '1' }, { message: 'Fix (#3)' });
    const repository = open();
    await repository.head('main');
    const found = {
      number: 9,
      title: 'Rebased',
      url: 'https://x',
      mergedAt: '2026-01-01T00:00:00Z',
    };
    host.pullRequestOf.mockResolvedValueOnce(found);
    expect(await repository.pullRequestOf(pushed, 'main')).toBe(found);
    // What cannot be known now is asked again, and costs the history nothing.
    host.pullRequestOf.mockRejectedValueOnce(new UpstreamError('unreachable', 'away'));
    await expect(repository.pullRequestOf(pushed, 'main')).rejects.toBeInstanceOf(OddAnswerError);
    expect(await open({ host: undefined }).pullRequestOf(pushed, 'main')).toBeUndefined();
  });
});

it('reads only the folders that matter of a repository with very many files', async () => {
  const many = Array.from({ length: 2_001 }, (_, index) => [`apps/${index % 40}/${index}`, 'x']);
  remote.commit({ ...Object.fromEntries(many), [file]: 'x', 'README.md': 'x' });
  const all = await open({ maxFiles: 5_000 }).head('main');
  const { sha } = all!.commit;
  expect(await open({ maxFiles: 5_000 }).files(sha)).toHaveLength(2_003);
  const some = open({ maxFiles: 2_000, mayHold: folder => folder === 'gitops/tenants' });
  expect((await some.files(sha)).map(({ path: name }) => name)).toEqual(['README.md', file]);
});

it('finds the commits of a file also where the log as a whole does not tell', async () => {
  const base = remote.commit({ [file]: '1' });
  const side = remote.commit({ [file]: 'side' }, { branch: 'side', from: base });
  const main = remote.commit({ [file]: 'main' });
  // The side is thrown away.
  const head = remote.commit({ x: 'x' }, { merges: [side] });
  const repository = open();
  await repository.head('main');
  const found = await repository.commitsOf(file, head, 1, 30);
  expect(found.map(({ sha }) => sha)).toEqual([main, base]);
  expect(await repository.commitsOf(file, head, 2, 1)).toMatchObject([{ sha: base }]);
  expect((await repository.fileAt(file, side))?.text).toBe('side');
});

it('reads what its log did not get to when the disk fails it', async () => {
  const one = remote.commit({ [file]: '1' });
  const two = remote.commit({ [file]: '2' });
  const { url } = remote;
  const mirror = new Mirror({ url, repository: 'acme/platform', branch: 'main', directory });
  const repository = open({ mirror });
  await repository.head('main');
  jest.spyOn(mirror, 'changes').mockRejectedValue(new Error('no room'));
  const found = await repository.commitsOf(file, two, 1, 30);
  expect(found.map(({ sha }) => sha)).toEqual([two, one]);
});
