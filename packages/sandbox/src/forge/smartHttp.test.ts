import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git, platformFiles, startTestForge, type TestForge } from './__testUtils__/testForge';
import { parseCgiHead } from './smartHttp';

const platform = { owner: 'acme', repo: 'platform' };

describe('Git over HTTP', () => {
  let forge: TestForge;
  let folder: string;
  beforeAll(async () => {
    forge = await startTestForge();
    folder = await mkdtemp(path.join(tmpdir(), 'forge-clone-'));
    await git(folder, 'clone', '-q', `${forge.url}/acme/platform.git`, 'platform');
  });
  afterAll(async () => {
    await forge.close();
    await rm(folder, { recursive: true, force: true });
  });

  const clone = () => path.join(folder, 'platform');
  const withToken = (token: string) =>
    `${forge.url.replace('http://', `http://anybody:${token}@`)}/acme/platform.git`;

  it('clones without a token', async () => {
    const file = 'gitops/tenants/tenant-a-values.yaml';
    expect(await readFile(path.join(clone(), file), 'utf8')).toBe(platformFiles[file]);
    expect(await git(folder, 'ls-remote', `${forge.url}/acme/platform`, 'refs/heads/main')).toMatch(
      /^[0-9a-f]{40}\trefs\/heads\/main/,
    );
  });

  it('refuses a push without a token or with a wrong one', async () => {
    await git(clone(), 'commit', '-q', '--allow-empty', '-m', 'Nothing');
    for (const target of [`${forge.url}/acme/platform.git`, withToken('wrong')]) {
      await expect(git(clone(), 'push', '-q', target, 'HEAD:refs/heads/nope')).rejects.toThrow();
    }
  });

  it('takes a push, large ones too, and brings the pull request of the branch up to date', async () => {
    const { rest } = forge.octokit();
    await git(clone(), 'checkout', '-q', '-b', 'pushed');
    await appendFile(path.join(clone(), 'README.md'), `${'0123456789abcdef'.repeat(200_000)}\n`);
    await git(clone(), 'commit', '-q', '-a', '-m', 'Much');
    await git(clone(), 'push', '-q', withToken('sandbox-forge-otto'), 'pushed');
    const opened = await rest.pulls.create({
      ...platform,
      title: 'x',
      head: 'pushed',
      base: 'main',
    });
    await appendFile(path.join(clone(), 'README.md'), 'more\n');
    await git(clone(), 'commit', '-q', '-a', '-m', 'More');
    await git(clone(), 'push', '-q', withToken('sandbox-forge-otto'), 'pushed');
    const number = { ...platform, pull_number: opened.data.number };
    const { data } = await rest.pulls.get(number);
    expect(data.head.sha).toBe((await git(clone(), 'rev-parse', 'HEAD')).trim());

    // Brought in by hand, it counts as merged.
    await git(clone(), 'push', '-q', withToken('sandbox-forge-ada'), 'pushed:main');
    const { data: after } = await rest.pulls.get(number);
    expect(after).toMatchObject({ state: 'closed', merged: true, merged_by: { login: 'ada' } });
  });

  it('lets nobody remove the main branch or write the refs of pull requests', async () => {
    const target = withToken('sandbox-forge-ada');
    await expect(git(clone(), 'push', '-q', target, ':refs/heads/main')).rejects.toThrow();
    await expect(git(clone(), 'push', '-q', target, 'HEAD:refs/pull/1/head')).rejects.toThrow();
  });

  it('answers 404 outside of its repositories', async () => {
    for (const where of ['/acme/other.git', '/other/platform.git', '/acme/..%2Fplatform.git']) {
      const answer = await fetch(`${forge.url}${where}/info/refs?service=git-upload-pack`);
      expect(answer.status).toBe(404);
    }
    const dumb = await fetch(`${forge.url}/acme/platform.git/info/refs`);
    expect(dumb.status).toBe(403);
    const head = await fetch(`${forge.url}/acme/platform.git/HEAD`);
    expect(head.status).toBe(404);
  });

  it('survives a body that the backend does not want', async () => {
    const answer = await fetch(`${forge.url}/acme/platform.git/git-upload-pack`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: 'x'.repeat(4_000_000),
    });
    await answer.text();
    expect(answer.status).toBe(415);
    expect((await fetch(`${forge.url}/acme`)).status).toBe(200);
  });
});

describe('parseCgiHead', () => {
  it.each([
    [
      'Content-Type: a/b\r\nX: 1',
      200,
      [
        ['Content-Type', 'a/b'],
        ['X', '1'],
      ],
    ],
    ['Status: 404 Not Found\nExpires: never: ever', 404, [['Expires', 'never: ever']]],
    ['Status: broken\nnonsense', 500, []],
  ])('reads %j', (head, status, fields) => {
    expect(parseCgiHead(head)).toEqual({ status, fields });
  });
});
