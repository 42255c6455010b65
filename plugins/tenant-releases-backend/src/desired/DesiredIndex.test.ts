import { mockServices } from '@backstage/backend-test-utils';
import { readGitopsConfig, GithubClient, GithubReader } from '@internal/gitops';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { DesiredIndex } from './DesiredIndex';

const gitops = readGitopsConfig({
  getOptional: key =>
    ({
      'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
      'tenantReleases.gitops.pollSeconds': 3600,
    }[key]),
});

describe('DesiredIndex', () => {
  const logger = mockServices.logger.mock();
  let github: FakeGithub;
  let index: DesiredIndex;

  const versions = () =>
    index.entries().map(({ tenant, file }) => `${tenant} ${file?.image.tag ?? '?'}`);
  const entry = (tenant = 'acme') => index.get(tenant, 'demo-api')!;
  const change = (tenant = 'acme') => index.state(entry(tenant)).change;
  const calls = (pattern: RegExp) => github.requests.filter(line => pattern.test(line)).length;
  const settled = async () => {
    let before = -1;
    while (before !== github.requests.length) {
      before = github.requests.length;
      await delay(60);
    }
  };

  beforeEach(async () => {
    jest.clearAllMocks();
    github = await new FakeGithub().start();
    github.commit(
      { 'README.md': 'x', [tenantPath('acme')]: tenantFile('acme', 'sha-1') },
      { author: 'Lin', pullRequest: 1, date: '2026-01-01T00:00:00Z' },
    );
    github.commit({ [tenantPath('globex')]: tenantFile('globex', 'sha-1') });
    github.commit(
      { [tenantPath('acme')]: tenantFile('acme', 'sha-2') },
      { author: 'Ada', message: 'bump', pullRequest: 2, date: '2026-01-02T00:00:00Z' },
    );
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-2', { ring: 3 }) });
    const client = new GithubClient({
      apiUrl: github.url,
      headers: async () => ({ authorization: 'Bearer git-token' }),
    });
    const url = 'https://git.example.com/acme/platform';
    const api = new GithubReader(client, { owner: 'acme', name: 'platform', url });
    index = new DesiredIndex({ api, gitops, service: 'demo-api', logger });
    index.start();
    await eventually(versions, ['acme sha-2', 'globex sha-1']);
  });

  afterEach(async () => {
    await index.stop();
    await github.stop();
  });

  it('finds the commit that set the version, not the one that touched the file last', async () => {
    const author = () => change()?.author;
    expect(await eventually(author, 'Ada')).toBe('Ada');
    expect(change()).toMatchObject({
      commit: github.commits[2].sha,
      committedAt: '2026-01-02T00:00:00.000Z',
      pullRequest: {
        number: 2,
        title: 'bump',
        url: 'https://git.example.com/acme/platform/pull/2',
      },
    });
    const other = () => change('globex')?.commit;
    expect(await eventually(other, github.commits[1].sha)).toBe(github.commits[1].sha);
  });

  it('reads one tree and only what changed when there is a new commit', async () => {
    await settled();
    const before = [calls(/git\/trees/), calls(/git\/blobs/)];
    expect(before).toEqual([1, 2]);
    const told: unknown[] = [];
    index.changes.subscribe(tenants => told.push(tenants));
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') }, { author: 'Bo' });
    index.refresh();
    expect(await eventually(versions, ['acme sha-3', 'globex sha-1'])).toHaveLength(2);
    expect(await eventually(() => change()?.author, 'Bo')).toBe('Bo');
    await settled();
    expect([calls(/git\/trees/), calls(/git\/blobs/)]).toEqual([2, 3]);
    expect(new Set(told.flat())).toEqual(new Set(['acme']));
  });

  it('reads many new files together, and what is left out one by one', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const files = (tag: string) =>
      Object.fromEntries(names.map(name => [tenantPath(name), tenantFile(name, tag)]));
    const expected = (tag: string) => names.map(name => `${name} ${tag}`);
    const known = () => versions().filter(line => names.includes(line.split(' ')[0]));
    await settled();
    let before = calls(/git\/blobs/);
    github.commit(files('sha-1'));
    index.refresh();
    expect(await eventually(known, expected('sha-1'))).toEqual(expected('sha-1'));
    expect([calls(/graphql/), calls(/git\/blobs/) - before]).toEqual([1, 0]);

    github.fault = { fault: { kind: 'status', status: 502 }, path: /graphql/ };
    before = calls(/git\/blobs/);
    github.commit(files('sha-2'));
    index.refresh();
    expect(await eventually(known, expected('sha-2'))).toEqual(expected('sha-2'));
    expect([calls(/graphql/), calls(/git\/blobs/) - before]).toEqual([2, 6]);
  });

  it('asks by ETag and reads nothing while there is nothing new', async () => {
    await settled();
    const before = github.requests.length;
    index.refresh();
    await delay(100);
    index.refresh();
    await delay(100);
    expect(github.requests.slice(before)).toEqual([
      'GET /repos/acme/platform/commits?sha=main&per_page=1',
      'GET /repos/acme/platform/commits?sha=main&per_page=1',
    ]);
  });

  it('keeps the last content of a file that has become unreadable, and says what is wrong', async () => {
    github.commit({ [tenantPath('acme')]: 'tenant: [', [tenantPath('initech')]: 'a: b' });
    index.refresh();
    const expected = ['acme sha-2', 'globex sha-1', 'initech ?'];
    expect(await eventually(versions, expected)).toEqual(expected);
    expect(index.state(entry()).problems.join()).toMatch(/line/);
    expect(index.state(entry('initech'))).toMatchObject({
      problems: [expect.any(String), expect.any(String)],
    });
    expect(index.state(entry('globex')).problems).toEqual([]);
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-4') });
    index.refresh();
    await eventually(() => entry().file?.image.tag, 'sha-4');
    expect(index.state(entry()).problems).toEqual([]);
  });

  it('reads the release policy once a change, and keeps the last one that could be read', async () => {
    const path = 'gitops/policy/releases.yaml';
    const bad = () => index.policy().badVersions.map(({ version }) => version);
    expect(bad()).toEqual([]);
    github.commit({ [path]: 'badVersions: [{ version: sha-2, reason: loses orders }]' });
    index.refresh();
    expect(await eventually(bad, ['sha-2'])).toEqual(['sha-2']);
    github.commit({ [path]: 'badVersions: [{ version: 3 }]' });
    index.refresh();
    const warned = () => logger.warn.mock.calls.flat().some(line => String(line).includes(path));
    expect(await eventually(warned, true)).toBe(true);
    expect(bad()).toEqual(['sha-2']);
    github.commit({ [path]: undefined });
    index.refresh();
    expect(await eventually(bad, [])).toEqual([]);
  });

  it('is not held up by one file that cannot be fetched', async () => {
    github.fault = { fault: { kind: 'status', status: 404 }, path: /git\/blobs/ };
    github.commit({ [tenantPath('initech')]: 'x' });
    github.commit({ [tenantPath('globex')]: undefined });
    index.refresh();
    expect(await eventually(versions, ['acme sha-2', 'initech ?'])).toHaveLength(2);
    expect(index.state(entry('initech')).problems[0]).toMatch(/cannot be fetched/);
  });

  it('takes no file for a tenant whose name cannot be one', async () => {
    github.commit({
      [tenantPath('kube-system')]: 'x',
      [tenantPath('A_b')]: 'x',
      [tenantPath('new')]: 'x',
    });
    index.refresh();
    const expected = ['acme sha-2', 'globex sha-1', 'new ?'];
    expect(await eventually(versions, expected)).toEqual(expected);
    const leftOut = index.leftOut().get('git');
    expect(leftOut).toEqual([
      {
        kind: 'file',
        name: 'gitops/policy/releases.yaml',
        reason: expect.stringContaining('It is missing, so that nothing is frozen'),
      },
      {
        kind: 'file',
        name: tenantPath('A_b'),
        reason: expect.stringContaining(`The tenant's name "A_b" must start`),
      },
      {
        kind: 'file',
        name: tenantPath('kube-system'),
        reason: expect.stringContaining('is reserved for the platform'),
      },
    ]);
  });

  it('keeps what it knows when no file is where tenant files are said to be, and says so', async () => {
    await settled();
    const moved = { 'tenants/acme.yaml': tenantFile('acme', 'sha-2') };
    github.commit({ ...moved, [tenantPath('acme')]: undefined, [tenantPath('globex')]: undefined });
    index.refresh();
    const error = () => index.status().error;
    expect(await eventually(error, 'misconfigured' as const)).toBe('misconfigured');
    expect(index.status()).toMatchObject({
      state: 'down',
      detail: expect.stringMatching(
        /^0 of 2 files match tenantReleases\.gitops\.valuesPath .* on branch main: correct/,
      ),
    });
    expect(versions()).toEqual(['acme sha-2', 'globex sha-1']);
    expect(index.freshness().state).toBe('stale');
    const before = calls(/git\/trees/);
    index.refresh();
    await delay(100);
    expect(calls(/git\/trees/)).toBe(before);

    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') });
    index.refresh();
    expect(await eventually(versions, ['acme sha-3'])).toEqual(['acme sha-3']);
    expect(index.status()).toMatchObject({ state: 'ok' });
    expect(index.status().detail).toBeUndefined();
  });

  it('takes a folder that is empty on purpose for what it is', async () => {
    github.commit({
      'gitops/tenants/.gitkeep': '',
      [tenantPath('acme')]: undefined,
      [tenantPath('globex')]: undefined,
    });
    index.refresh();
    expect(await eventually(versions, [])).toEqual([]);
    expect(index.status()).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('There is no tenant file yet'),
    });
  });

  it('takes the tag apart from the digest that Renovate writes behind it', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    github.commit({ [tenantPath('acme')]: tenantFile('acme', `"1.2.3@${digest}"`) });
    index.refresh();
    await eventually(versions, ['acme 1.2.3', 'globex sha-1']);
    expect(index.state(entry()).file).toMatchObject({ version: '1.2.3', digest });
  });

  it('tells which version a tenant had at a revision: heads at once, others after one call', async () => {
    await settled();
    expect(index.versionAt(entry(), github.commits[3].sha)).toBe('sha-2');
    const first = github.commits[0].sha;
    const before = calls(/contents/);
    const known = index.versionAt(entry('globex'), github.commits[2].sha);
    expect(known).toBeUndefined();
    const later = () => index.versionAt(entry('globex'), github.commits[2].sha);
    expect(await eventually(later, 'sha-1')).toBe('sha-1');
    expect(calls(/contents/)).toBe(before + 1);
    expect(await eventually(() => index.versionAt(entry(), first), 'sha-1')).toBe('sha-1');
    expect(index.versionAt(entry(), 'main; ls')).toBeUndefined();
    expect(calls(/main.*ls/)).toBe(0);
  });

  it('knows the history of a file that went back to the very same content', async () => {
    await eventually(() => change()?.author, 'Ada');
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') }, { author: 'Bo' });
    index.refresh();
    await eventually(() => change()?.author, 'Bo');
    github.commit(
      { [tenantPath('acme')]: tenantFile('acme', 'sha-2', { ring: 3 }) },
      { author: 'Cy' },
    );
    index.refresh();
    expect(await eventually(() => change()?.author, 'Cy')).toBe('Cy');
    expect(
      (await index.history(entry(), 20)).map(({ version, author }) => `${author} ${version}`),
    ).toEqual(['Cy sha-2', 'Bo sha-3', 'Ada sha-2', 'Ada sha-2', 'Lin sha-1']);
  });

  it('looks for a new commit when somebody names a revision that it does not know', async () => {
    await settled();
    const revision = github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-9') });
    index.versionAt(entry(), revision);
    const expected = ['acme sha-9', 'globex sha-1'];
    expect(await eventually(versions, expected, 1_000)).toEqual(expected);
  });

  it('leaves the rest of Git’s limit to what people look at', async () => {
    await settled();
    github.headers = { 'x-ratelimit-remaining': '499' };
    const before = calls(/commits\?path/);
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') });
    index.refresh();
    await eventually(versions, ['acme sha-3', 'globex sha-1']);
    await settled();
    expect(calls(/commits\?path/)).toBe(before);
    expect(change()).toBeUndefined();
    expect(await index.history(entry(), 20)).toHaveLength(4);
  });

  it('asks again for a content that was not handed out, and tells no history of it meanwhile', async () => {
    await settled();
    github.fault = { fault: { kind: 'html' }, path: /git\/blobs/ };
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-3') }, { author: 'Bo' });
    index.refresh();
    const problems = () => entry().problems;
    const expected = ['file: cannot be fetched, it may be far too large'];
    expect(await eventually(problems, expected)).toEqual(expected);
    expect(versions()).toEqual(['acme sha-2', 'globex sha-1']);
    const before = calls(/commits\?path/);
    await settled();
    expect(calls(/commits\?path/)).toBe(before);

    github.fault = undefined;
    index.refresh();
    expect(await eventually(problems, [])).toEqual([]);
    expect(versions()).toEqual(['acme sha-3', 'globex sha-1']);
    expect(await eventually(() => change()?.author, 'Bo')).toBe('Bo');
  });

  it('reads a history once', async () => {
    await settled();
    await index.history(entry(), 20);
    const before = github.requests.length;
    const history = await index.history(entry(), 20);
    expect(github.requests).toHaveLength(before);
    expect(history.map(({ pullRequest }) => pullRequest?.number)).toEqual([undefined, 2, 1]);
  });

  it('keeps what it knows while Git is away, and recovers', async () => {
    await github.stop();
    index.refresh();
    const state = () => index.status().state;
    expect(await eventually(state, 'down' as const)).toBe('down');
    expect(index.status().error).toBe('unreachable');
    expect(versions()).toEqual(['acme sha-2', 'globex sha-1']);
    github.commit({ [tenantPath('acme')]: tenantFile('acme', 'sha-5') });
    await github.start();
    const expected = ['acme sha-5', 'globex sha-1'];
    expect(await eventually(versions, expected, 10_000)).toEqual(expected);
    expect(await eventually(state, 'ok' as const)).toBe('ok');
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(/git-token|127\.0\.0\.1/);
  }, 20_000);
});
