import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { authorOf, startTestForge, testSettings, type TestForge } from './__testUtils__/testForge';
import { openForge, startForge } from './index';
import { listen } from './listen';
import { Repository } from './repository';
import { tmpdir } from 'node:os';

const platform = { owner: 'acme', repo: 'platform' };
const valuesFile = 'gitops/tenants/tenant-a-values.yaml';
const day = (number: number) => new Date(Date.UTC(2026, 2, number, 12));
const values = (tag: string) => `tenant:\n  name: tenant-a\nimage:\n  tag: ${tag}\n`;

describe('history that is made without the server', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge({
      seed: async seeded => {
        const people = ['dev', 'lin', 'otto'];
        for (const [index, login] of people.entries()) {
          const number = index + 1;
          await seeded.commitFiles({
            repository: 'platform',
            branch: `bump-${number}`,
            files: { [valuesFile]: values(`sha-000000${number}`) },
            message: `bump demo-api to sha-000000${number}`,
            author: authorOf(login),
            date: day(number),
          });
          const opened = await seeded.openPullRequest({
            repository: 'platform',
            title: `bump demo-api to sha-000000${number}`,
            body: 'By CI',
            head: `bump-${number}`,
            author: 'github-actions[bot]',
            date: day(number),
          });
          await seeded.mergePullRequest({
            repository: 'platform',
            number: opened,
            by: 'ada',
            date: new Date(day(number).getTime() + 3_600_000),
            method: number === 2 ? 'squash' : 'merge',
          });
        }
      },
    });
  });
  afterAll(() => forge.close());

  it('tells who changed a file, when, and in which pull request', async () => {
    const { rest } = forge.octokit();
    const { data } = await rest.repos.listCommits({ ...platform, path: valuesFile });
    const rows = await Promise.all(
      data.map(async commit => {
        const pulls = await rest.repos.listPullRequestsAssociatedWithCommit({
          ...platform,
          commit_sha: commit.sha,
        });
        const numbers = pulls.data.map(pull => `#${pull.number} ${pull.merged_at}`).join();
        return `${commit.author?.login} ${commit.commit.author?.date} ${numbers}`;
      }),
    );
    expect(rows).toEqual([
      'otto 2026-03-03T12:00:00Z #3 2026-03-03T13:00:00Z',
      // A squashed change belongs to who opened the pull request, as on GitHub.
      'github-actions[bot] 2026-03-02T13:00:00Z #2 2026-03-02T13:00:00Z',
      'dev 2026-03-01T12:00:00Z #1 2026-03-01T13:00:00Z',
      'ada 2026-01-01T10:00:00Z ',
    ]);
  });

  it('is the same after a restart, and nothing is told twice', async () => {
    const log = jest.spyOn(console, 'log');
    log.mockClear();
    await forge.restart();
    const { data } = await forge.octokit().rest.pulls.list({ ...platform, state: 'closed' });
    expect(data.map(pull => pull.number)).toEqual([3, 2, 1]);
    expect(data[0]).toMatchObject({ user: { login: 'github-actions[bot]', type: 'Bot' } });
    expect(log.mock.calls.filter(call => String(call[0]).includes('->'))).toEqual([]);
  });
});

describe('the forge after a crash', () => {
  it('takes a merge as done when the branch has moved, and as not begun when it has not', async () => {
    const settings = await testSettings();
    const forge = await openForge(settings);
    const commit = (branch: string, file: string) =>
      forge.commitFiles({
        repository: 'platform',
        branch,
        files: { [file]: `${branch}\n` },
        message: branch,
        author: authorOf('dev'),
      });
    await commit('main', 'a');
    for (const branch of ['one', 'two']) {
      await commit(branch, branch);
      await forge.openPullRequest({
        repository: 'platform',
        title: branch,
        body: '',
        head: branch,
        author: 'dev',
      });
    }
    const file = path.join(settings.stateDir, 'forge', 'acme-platform.json');
    const before = JSON.parse(await readFile(file, 'utf8'));
    const merged = await forge.mergePullRequest({
      repository: 'platform',
      number: 1,
      by: 'ada',
      method: 'squash',
    });
    const pushed = await commit('two', 'three');
    await forge.close();

    // As if the process had been killed after Git had moved the branches and before the state was written.
    const merging = { by: 'ada', at: '2026-03-01T00:00:00.000Z' };
    before.pulls[0].merging = { ...merging, sha: merged };
    before.pulls[1].merging = { ...merging, sha: pushed };
    await writeFile(file, JSON.stringify(before));
    const server = await startForge(settings);
    const ask = async (what: string) =>
      (await fetch(`${server.url}/api/v3/repos/acme/platform/${what}`)).json();
    expect(await ask('pulls/1')).toMatchObject({
      merged: true,
      merge_commit_sha: merged,
      merged_by: { login: 'ada' },
      merged_at: '2026-03-01T00:00:00Z',
    });
    expect(await ask('pulls/2')).toMatchObject({ state: 'open', head: { sha: pushed } });
    expect(await ask('git/ref/heads/main')).toMatchObject({ object: { sha: merged } });
    await server.close();
    await rm(settings.stateDir, { recursive: true });
  });

  it('says which file cannot be read', async () => {
    const settings = await testSettings();
    await (await openForge(settings)).close();
    await writeFile(path.join(settings.stateDir, 'forge', 'acme-platform.json'), '{"pulls": [');
    await expect(openForge(settings)).rejects.toThrow(/acme-platform\.json.*reset the sandbox/);
    await rm(settings.stateDir, { recursive: true });
  });

  it('leaves no temporary files', async () => {
    const settings = await testSettings();
    const forge = await openForge(settings);
    const author = authorOf('ada');
    const files = { a: 'a' };
    await forge.commitFiles({
      repository: 'demo-api',
      branch: 'main',
      files,
      message: 'a',
      author,
    });
    await forge.close();
    const left = await readdir(path.join(settings.stateDir, 'forge'), { recursive: true });
    expect(left.filter(name => name.endsWith('.tmp'))).toEqual([]);
    await rm(settings.stateDir, { recursive: true });
  });
});

describe('starting', () => {
  it('says what is missing in one line', async () => {
    const settings = await testSettings();
    const tools = { git: '/nowhere/git' };
    await expect(startForge({ ...settings, tools })).rejects.toThrow(
      /^cannot run \/nowhere\/git: install git/,
    );
    const taken = await listen(0, () => undefined);
    const ports = { ...settings.ports, forge: taken.port };
    await expect(startForge({ ...settings, ports })).rejects.toThrow(`port ${taken.port} is taken`);
    await taken.close();
    await rm(settings.stateDir, { recursive: true });
  });

  it('shows repositories in which nothing has been committed', async () => {
    const settings = await testSettings();
    const server = await startForge(settings);
    const get = (where: string) => fetch(`${server.url}${where}`);
    expect((await get('/')).status).toBe(200);
    expect(await (await get('/acme/platform')).text()).toContain('Nothing has been committed yet');
    expect((await get('/api/v3/repos/acme/platform')).status).toBe(200);
    expect((await get('/api/v3/repos/acme/platform/commits')).status).toBe(409);
    expect((await get('/api/v3/repos/acme/platform/contents/a')).status).toBe(404);
    await server.close();
    await rm(settings.stateDir, { recursive: true });
  });
});

describe('Repository', () => {
  let folder: string;
  let repository: Repository;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'forge-repository-'));
    repository = await Repository.open('git', path.join(folder, 'x.git'));
  });
  afterAll(async () => {
    repository.close();
    await rm(folder, { recursive: true });
  });

  const author = { name: 'A', email: 'a@example.com', date: new Date(0) };

  it('moves a branch only from where it is believed to be', async () => {
    const blob = await repository.writeBlob(Buffer.from([0, 1, 2, 255]));
    const tree = await repository.writeTree(undefined, [{ path: 'a/b', sha: blob }]);
    const commit = (message: string) =>
      repository.writeCommit({ tree, parents: [], message, author });
    const one = await commit('one');
    const two = await commit('two');
    await repository.updateBranch('x', undefined, one);
    await expect(repository.updateBranch('x', undefined, two)).rejects.toThrow(/update-ref/);
    await expect(repository.updateBranch('x', two, one)).rejects.toThrow(/update-ref/);
    await repository.updateBranch('x', one, two);
    expect(await repository.branches()).toEqual({ x: two });
    expect(await repository.mergeBase(one, two)).toBeUndefined();
    const file = await repository.at(two, 'a/b');
    expect(file?.content).toEqual(Buffer.from([0, 1, 2, 255]));
    await repository.updateBranch('x', two, undefined);
    expect(await repository.branch('x')).toBeUndefined();
  });

  it('reads many objects at once, large ones among them', async () => {
    const contents = Array.from({ length: 40 }, (_, at) => `${at} `.repeat(at * 2000));
    const shas = await Promise.all(contents.map(content => repository.writeBlob(content)));
    const read = await Promise.all(
      shas.flatMap(sha => [repository.object(sha), repository.object('0'.repeat(40))]),
    );
    expect(read.filter((_, at) => at % 2 === 0).map(object => object?.content.toString())).toEqual(
      contents,
    );
    expect(read.filter((_, at) => at % 2 === 1)).toEqual(contents.map(() => undefined));
  });

  it('refuses what is no SHA-1, branch or path', async () => {
    const bad = '--upload-pack=x';
    await expect(async () => repository.log(bad)).rejects.toThrow('not a SHA-1');
    await expect(async () => repository.diff(undefined, bad)).rejects.toThrow('not a SHA-1');
    await expect(repository.updateBranch(bad, undefined, undefined)).rejects.toThrow(
      'not a branch',
    );
    await expect(repository.writeTree(undefined, [{ path: '../x' }])).rejects.toThrow('not a path');
    expect(await repository.resolve('x\ncontents HEAD')).toBeUndefined();
    expect(() => repository.archive('0'.repeat(40), '../x')).toThrow('not a path');
  });
});
