import { mockServices } from '@backstage/backend-test-utils';
import {
  Mirror,
  readGitopsConfig,
  GithubClient,
  GithubReader,
  type GithubApi,
  type MergedPulls,
} from '@internal/gitops';
import { GitRemote } from '@internal/gitops/testUtils';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../__testUtils__/eventually';
import { tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { GithubOverGit } from '../__testUtils__/GithubOverGit';
import { DesiredIndex } from './DesiredIndex';
import { MirroredRepository } from './mirror/MirroredRepository';

// Git's processes take their time on a busy machine.
jest.setTimeout(90_000);

const gitops = readGitopsConfig({
  getOptional: key =>
    ({
      'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
      'tenantReleases.gitops.pollSeconds': 3600,
    }[key]),
});
const logger = mockServices.logger.mock();

let remote: GitRemote;
let github: GithubOverGit;
let directory: string;
/** Of pull requests, in place of the one over the repository. */
let host: MergedPulls | undefined;
let ends: Array<() => void | Promise<void>>;

beforeEach(async () => {
  jest.clearAllMocks();
  directory = await mkdtemp(path.join(tmpdir(), 'mirror-'));
  remote = await new GitRemote().start();
  github = await new GithubOverGit(remote).start();
  ends = [];
  host = undefined;
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  await github.stop();
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

const readers: Record<string, () => GithubApi> = {
  api: () => new GithubReader(new GithubClient({ apiUrl: github.url }), gitops.repository),
  mirror: () => {
    const { url } = remote;
    const mirror = new Mirror({ url, repository: 'acme/platform', branch: 'main', directory });
    ends.push(() => mirror.close());
    return new MirroredRepository({
      mirror,
      gitops,
      mayHold: () => true,
      hostKind: 'github',
      host: host ?? readers.api(),
    });
  },
};

const open = (name: string) => {
  const index = new DesiredIndex({ api: readers[name](), gitops, service: 'demo-api', logger });
  index.start();
  ends.push(() => index.stop());
  return index;
};
const versions = (index: DesiredIndex) =>
  index.entries().map(({ tenant, file }) => `${tenant} ${file?.image.tag ?? '?'}`);

describe.each(Object.keys(readers))('an index that reads by %s', name => {
  it('shows what the branch wants, and who set each version', async () => {
    remote.commit({
      'README.md': 'x',
      [tenantPath('acme')]: tenantFile('acme', 'sha-1'),
      [tenantPath('globex')]: tenantFile('globex', 'sha-1'),
    });
    const bump = remote.commit(
      { [tenantPath('acme')]: tenantFile('acme', 'sha-2') },
      { author: 'Bo', message: 'Bump' },
    );
    remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-2', { ring: 3 }) });
    github.pulls.set(bump, { number: 7, title: 'Bump it', mergedAt: '2026-01-02T00:00:00Z' });
    const index = open(name);
    expect(await eventually(() => versions(index), ['acme sha-2', 'globex sha-1'])).toHaveLength(2);
    const change = () => index.state(index.get('acme', 'demo-api')!).change;
    expect(await eventually(() => change()?.commit, bump)).toBe(bump);
    expect(await eventually(() => change()?.pullRequest?.number, 7)).toBe(7);
    expect(change()).toMatchObject({ author: 'Bo', pullRequest: { title: 'Bump it' } });

    remote.commit({ [tenantPath('globex')]: undefined, [tenantPath('acme')]: 'tenant: [' });
    index.refresh();
    expect(await eventually(() => versions(index), ['acme sha-2'])).toEqual(['acme sha-2']);
    expect(index.get('acme', 'demo-api')?.problems).not.toEqual([]);
  });

  it('follows a branch that is set back for good, and tells what it held before', async () => {
    const first = remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-1') });
    const second = remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-2') });
    const index = open(name);
    await eventually(() => versions(index), ['acme sha-2']);
    const entry = index.get('acme', 'demo-api')!;
    expect(await eventually(() => index.versionAt(entry, first), 'sha-1')).toBe('sha-1');
    remote.git('update-ref', 'refs/heads/main', first);
    const third = remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') });
    index.refresh();
    expect(await eventually(() => versions(index), ['acme sha-3'])).toEqual(['acme sha-3']);
    const now = index.get('acme', 'demo-api')!;
    expect((await index.history(now, 9)).map(({ commit }) => commit)).toEqual([third, first]);
    expect(await eventually(() => index.versionAt(now, second), 'sha-2')).toBe('sha-2');
  });

  it('keeps what it knows while the host is away, and says so', async () => {
    remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-1') });
    const index = open(name);
    await eventually(() => versions(index), ['acme sha-1']);
    remote.fault = { kind: 'status', status: 503 };
    github.fault = { fault: { kind: 'status', status: 503 } };
    index.refresh();
    expect(await eventually(() => index.status().error, 'server-error')).toBe('server-error');
    expect(versions(index)).toEqual(['acme sha-1']);
    remote.fault = undefined;
    github.fault = undefined;
    remote.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-2') });
    index.refresh();
    expect(await eventually(() => versions(index), ['acme sha-2'])).toEqual(['acme sha-2']);
  });

  it('takes nothing but plain files for tenant files', async () => {
    remote.commit({
      [tenantPath('acme')]: tenantFile('acme', 'sha-1'),
      [tenantPath('link')]: { link: 'acme-values.yaml' },
      [tenantPath('module')]: { submodule: '1'.repeat(40) },
      [tenantPath('lfs')]: `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(
        64,
      )}\nsize 120\n`,
      [tenantPath('latin')]: Buffer.from('tenant: {name: \xfc}\n', 'latin1'),
    });
    const index = open(name);
    await eventually(() => index.entries().length, 5);
    const problems = Object.fromEntries(
      index.entries().map(({ tenant, problems: [first] }) => [tenant, first]),
    );
    expect(problems.acme).toBeUndefined();
    expect(problems.link).toContain('is a symbolic link');
    expect(problems.module).toContain('is no file');
    expect(problems.lfs).toContain('Git LFS');
    expect(problems.latin).toContain('UTF-8');
  });
});

it('answers a history while the host hangs, and tells later who merged a squash', async () => {
  const options = { author: 'Ada', committer: 'GitHub' };
  const commit = (version: string, message: string) =>
    remote.commit({ [tenantPath('acme')]: tenantFile('acme', version) }, { ...options, message });
  commit('sha-1', 'Bump to sha-1 (#1)');
  commit('sha-2', 'Bump to sha-2 (#2)');
  const rebased = commit('sha-3', 'Bump to sha-3');
  const page = 'https://git.example.com/acme/platform/pull/3';
  const mergedAt = '2026-01-02T00:00:00Z';
  const third = { number: 3, url: page, title: 'Bump to sha-3', mergedAt };
  const isBack = new EventEmitter();
  const back = once(isBack, 'back');
  host = {
    pullRequestOf: jest.fn(() => back.then(() => third)),
    mergedBy: jest.fn(() => back.then(() => ({ name: 'Bo' }))),
  };
  const index = open('mirror');
  await eventually(() => versions(index), ['acme sha-3']);
  const entry = index.get('acme', 'demo-api')!;
  const history = async () =>
    (await index.history(entry, 10)).map(
      ({ pullRequest: pull }) => `${pull?.number} by ${pull?.mergedBy}`,
    );
  expect(await history()).toEqual(['undefined by undefined', '2 by undefined', '1 by undefined']);
  const change = () => index.state(entry).change;
  expect(await eventually(() => change()?.commit, rebased)).toBe(rebased);
  expect(change()).not.toHaveProperty('pullRequest');

  const told: unknown[] = [];
  ends.push(index.changes.subscribe(tenants => void told.push(tenants)));
  isBack.emit('back');
  const all = ['3 by Bo', '2 by Bo', '1 by Bo'];
  expect(await eventually(history, all)).toEqual(all);
  expect(told).toContainEqual(['acme']);
  expect(change()?.pullRequest).toEqual({ ...third, mergedBy: 'Bo' });
  // What is known is asked for no more.
  expect(await history()).toEqual(all);
  expect(host.pullRequestOf).toHaveBeenCalledTimes(1);
  expect(host.mergedBy).toHaveBeenCalledTimes(3);
});

it('reads the same by both, whatever is committed', async () => {
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const tenants = ['acme', 'globex', 'initech'];
  remote.commit(Object.fromEntries(tenants.map(one => [tenantPath(one), tenantFile(one, 'v0')])));
  const [api, mirror] = ['api', 'mirror'].map(name => readers[name]());
  const heads: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const one = tenants[random(3)];
    const file = { [tenantPath(one)]: tenantFile(one, `v${random(5)}`, { ring: random(3) }) };
    const kind = random(4);
    if (kind === 0) remote.commit(file, { author: 'renovate[bot]', message: `Bump (#${round})` });
    else if (kind === 1) {
      const side = remote.commit(file, { branch: `b${round}`, from: remote.head() });
      remote.commit({ x: `${round}` });
      remote.commit(file, { merges: [side], message: 'Merge it\n\nCo-authored-by: B <b@b>' });
    } else if (kind === 2) {
      remote.commit({ [tenantPath(one)]: undefined, 'old/place.yaml': tenantFile(one, 'v9') });
      remote.commit({ 'old/place.yaml': undefined, [tenantPath(one)]: tenantFile(one, 'v9') });
    } else remote.commit(file, { committer: 'Cy', message: 'Häßlich\n\nBody.\n' });
    const [left, right] = await Promise.all([api.head('main'), mirror.head('main')]);
    expect(right?.commit).toEqual(left?.commit);
    heads.push(left!.commit.sha);
  }
  const head = heads.at(-1)!;
  const byPath = (files: Array<{ path: string }>) =>
    [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  expect(byPath(await mirror.files(head))).toEqual(byPath(await api.files(head)));
  for (const one of tenants) {
    const at = tenantPath(one);
    const together = await mirror.filesAt(at, [...heads, head]);
    for (const sha of heads) {
      expect(together.get(sha)).toEqual(await api.fileAt(at, sha));
      expect(await mirror.fileAt(at, sha)).toEqual(await api.fileAt(at, sha));
      const there = await api.fileAt(at, sha);
      if (!there) continue;
      expect(await mirror.commitsOf(at, sha, 1, 30)).toEqual(await api.commitsOf(at, sha, 1, 30));
    }
  }
  for (const sha of heads) {
    expect(await mirror.renamesOf(sha)).toEqual(await api.renamesOf(sha));
    expect(await mirror.commitsOf('gitops', sha, 1, 5)).toEqual(
      await api.commitsOf('gitops', sha, 1, 5),
    );
  }
  const { sha } = (await api.fileAt(tenantPath('acme'), head))!;
  expect(await mirror.blob(sha)).toEqual(await api.blob(sha));
  expect(mirror.pullRequestUrl(7)).toBe(api.pullRequestUrl(7));
  expect(mirror.commitUrl(sha)).toBe(api.commitUrl(sha));
  await expect(mirror.blob('1'.repeat(40))).rejects.toMatchObject({ errorClass: 'not-found' });
});
