import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitRemote } from '../__testUtils__/GitRemote';
import type { GitFault, GitFaultKind } from './GitFault';
import { Mirror } from './Mirror';
import type { MirrorOptions } from './MirrorStore';

// Git's processes take their time on a busy machine.
jest.setTimeout(30_000);

const repository = 'https://git.example.com/acme/platform';
const file = 'gitops/tenants/a-values.yaml';

let remote: GitRemote;
let directory: string;
let mirrors: Mirror[];

const open = (options: Partial<MirrorOptions> = {}) => {
  const mirror = new Mirror({
    url: remote.url,
    repository,
    branch: 'main',
    directory,
    authorization: async () => 'Basic eDpodW50ZXIy',
    ...options,
  });
  mirrors.push(mirror);
  return mirror;
};
const text = async (mirror: Mirror, commit: string) => {
  const found = await mirror.objectAt(commit, file);
  return found && (await mirror.contents([found.id], 1_000)).get(found.id)?.toString();
};
const faultOf = async (work: Promise<unknown>): Promise<GitFault> =>
  work.then(
    () => {
      throw new Error('there is no fault');
    },
    error => error,
  );
const gitDirOf = async () => {
  const [name] = (await readdir(directory)).filter(one => one.endsWith('.git'));
  return path.join(directory, name);
};

beforeEach(async () => {
  mirrors = [];
  directory = await mkdtemp(path.join(tmpdir(), 'mirror-'));
  remote = await new GitRemote().start();
});
afterEach(async () => {
  mirrors.forEach(mirror => mirror.close());
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

it.each<[string, GitFaultKind, () => void]>([
  ['refuses the credentials', 'unauthorized', () => (remote.authorization = 'Basic other')],
  ['forbids', 'forbidden', () => (remote.fault = { kind: 'status', status: 403 })],
  ['knows no such repository', 'not-found', () => (remote.fault = { kind: 'status', status: 404 })],
  ['is out of order', 'server-error', () => (remote.fault = { kind: 'status', status: 503 })],
  [
    'wants to be left alone',
    'rate-limited',
    () => (remote.fault = { kind: 'status', status: 429 }),
  ],
  [
    'answers with a page for people',
    'bad-answer',
    () =>
      (remote.fault = {
        kind: 'status',
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Sign in</html>',
      }),
  ],
  ['hangs', 'timeout', () => (remote.fault = { kind: 'hang' })],
])('tells a host that %s, keeps what it has, and goes on afterwards', async (_, kind, breakIt) => {
  const head = remote.commit({ [file]: 'one' });
  const mirror = open({ bounds: { askMs: 1_500, fetchMs: 1_500 } });
  await mirror.fetch();
  await text(mirror, head);
  const next = remote.commit({ [file]: 'two' });
  breakIt();
  const fault = await faultOf(mirror.fetch());
  expect(fault).toMatchObject({ name: 'GitFault', kind });
  expect(fault.message).toMatch(/^https:\/\/git\.example\.com\/acme\/platform .*;/);
  expect(fault.message).not.toMatch(/localhost|hunter2|eDpodW50ZXIy/);
  expect(await text(mirror, head)).toBe('one');
  expect((await faultOf(open({ bounds: { askMs: 1_500 } }).fetch())).kind).toBe(kind);
  remote.fault = undefined;
  remote.authorization = undefined;
  expect(await mirror.fetch()).toBe(next);
});

it('never takes credentials to another host', async () => {
  remote.commit({ [file]: 'one' });
  const other = await new GitRemote().start();
  try {
    other.commit({ [file]: 'other' });
    const to = other.url.replace('localhost', '127.0.0.1');
    const [{ pathname }] = [new URL(remote.url)];
    const location = `${to}/info/refs?service=git-upload-pack`;
    remote.fault = { kind: 'status', status: 301, headers: { location } };
    const fault = await faultOf(open().fetch());
    expect(fault).toMatchObject({ kind: 'redirected' });
    expect(fault.message).toContain('set tenantReleases.gitops.repository');
    expect(fault.message).not.toContain(pathname);
    expect(other.requests).toEqual([]);
  } finally {
    await other.stop();
  }
});

it('is not taken in by a host that announces what it does not have', async () => {
  const head = remote.commit({ [file]: 'one' });
  const mirror = open();
  await mirror.fetch();
  await text(mirror, head);
  const line = (it: string) => `${(it.length + 4).toString(16).padStart(4, '0')}${it}`;
  const lie = `${'1'.repeat(40)} refs/heads/main\0ofs-delta side-band-64k filter\n`;
  remote.faultFor = /GET/;
  remote.fault = {
    kind: 'status',
    status: 200,
    headers: { 'content-type': 'application/x-git-upload-pack-advertisement' },
    body: `${line('# service=git-upload-pack\n')}0000${line(lie)}0000`,
  };
  const fault = await faultOf(mirror.fetch());
  expect(fault).toMatchObject({ kind: 'bad-answer' });
  expect(await text(mirror, head)).toBe('one');
  remote.fault = undefined;
  expect(await mirror.fetch()).toBe(head);
});

it('follows a repository that got another name on its host', async () => {
  const head = remote.commit({ [file]: 'one' });
  const location = new URL('/acme/platform.git/info/refs?service=x', remote.url).href;
  remote.fault = { kind: 'status', status: 301, headers: { location } };
  remote.faultFor = /\/acme\/old\.git\//;
  const mirror = open({ url: remote.url.replace('platform', 'old') });
  expect(await mirror.fetch()).toBe(head);
  expect(mirror.movedTo).toBe(remote.url);
  expect(await text(mirror, head)).toBe('one');
  remote.forget();
  const next = remote.commit({ [file]: 'two' });
  expect(await mirror.fetch()).toBe(next);
  expect(remote.requests.join()).not.toContain('old');
});

it.each([true, false])('is done with a host that stops in mid-fetch (ends: %s)', async ends => {
  remote.commit({ [file]: 'one', big: randomBytes(50_000) });
  remote.fault = { kind: 'cut', bytes: 400, ends };
  remote.faultFor = /POST/;
  const mirror = open({ bounds: { firstFetchMs: 1_500 } });
  const fault = await faultOf(mirror.fetch());
  expect(['timeout', 'unreachable', 'bad-answer']).toContain(fault.kind);
  expect(await readdir(directory)).toEqual([]);
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(processes).not.toContain(directory);
  remote.fault = undefined;
  expect(await mirror.fetch()).toBe(remote.head());
});

it('says that a branch, or any commit, is missing', async () => {
  const mirror = open();
  expect(await faultOf(mirror.fetch())).toMatchObject({ kind: 'empty' });
  const head = remote.commit({ [file]: 'one' });
  const fault = await faultOf(open({ branch: 'trunk' }).fetch());
  expect(fault).toMatchObject({ kind: 'no-branch' });
  expect(fault.message).toContain('has no branch "trunk"; correct tenantReleases.gitops.branch');
  expect(await mirror.fetch()).toBe(head);
  remote.git('branch', 'other', 'main');
  remote.git('update-ref', '-d', 'refs/heads/main');
  expect(await faultOf(mirror.fetch())).toMatchObject({ kind: 'no-branch' });
  expect(await text(mirror, head)).toBe('one');
});

it.each([
  ['hands out only whole commits', ['uploadpack.allowFilter', 'false']],
  ['refuses the filter', ['uploadpackfilter.allow', 'false']],
])('reads all contents of a host that %s', async (_, [key, value]) => {
  const head = remote.commit({ [file]: 'one' });
  remote.config(key, value);
  const mirror = open();
  expect(await mirror.fetch()).toBe(head);
  expect(await text(mirror, head)).toBe('one');
  const next = remote.commit({ [file]: 'two' });
  expect(await mirror.fetch()).toBe(next);
  expect(await text(mirror, next)).toBe('two');
});

it('reads a repository whose host has only the end of its history', async () => {
  remote.commit({ [file]: 'one' });
  const head = remote.commit({ [file]: 'two' });
  await writeFile(path.join(remote.gitDir, 'shallow'), `${head}\n`);
  const mirror = open();
  expect(await mirror.fetch()).toBe(head);
  expect(await text(mirror, head)).toBe('two');
  expect(await mirror.history(file, head, 10)).toEqual([head]);
});

it.each([
  ['a pack is cut', (gitDir: string) => cutPacks(gitDir)],
  [
    'packs are gone',
    (gitDir: string) => rm(path.join(gitDir, 'objects', 'pack'), { recursive: true }),
  ],
  [
    'the configuration is no text',
    (gitDir: string) => writeFile(path.join(gitDir, 'config'), '\0['),
  ],
  ['it is no repository', (gitDir: string) => rm(path.join(gitDir, 'HEAD'))],
  [
    'the branch names no commit',
    (gitDir: string) =>
      writeFile(path.join(gitDir, 'refs', 'heads', 'main'), `${'1'.repeat(40)}\n`),
  ],
])('makes a mirror anew when %s', async (_, damage) => {
  const head = remote.commit({ [file]: 'one' });
  await open().fetch();
  await damage(await gitDirOf());
  const mirror = open();
  const read = async () => {
    const found = await mirror.fetch();
    return [found, (await mirror.files(found)).length, await text(mirror, found)];
  };
  // The damage is found by one who reads, and mended by the next look.
  const first = await read().catch((error: GitFault) => error.kind);
  expect(['corrupt', JSON.stringify([head, 1, 'one'])]).toContain(
    typeof first === 'string' ? first : JSON.stringify(first),
  );
  expect(await read()).toEqual([head, 1, 'one']);
  expect(await open().fetch()).toBe(head);
});

it('goes on where a killed process has left its locks', async () => {
  remote.commit({ [file]: 'one' });
  const mirror = open();
  await mirror.fetch();
  const gitDir = await gitDirOf();
  await writeFile(path.join(gitDir, 'refs', 'heads', 'main.lock'), '');
  await writeFile(path.join(gitDir, 'shallow.lock'), '');
  await writeFile(path.join(gitDir, 'objects', 'pack', 'tmp_pack_a1b2c3'), 'x');
  await mkdir(`${gitDir}.new`);
  const next = remote.commit({ [file]: 'two' });
  expect(await mirror.fetch()).toBe(next);
  expect(await readdir(path.join(gitDir, 'objects', 'pack'))).not.toContain('tmp_pack_a1b2c3');
});

it('does not take more than it may', async () => {
  const head = remote.commit({ [file]: 'one', big: randomBytes(3_000_000) });
  const mirror = open({ bounds: { maxPackBytes: 1_000_000 } });
  await mirror.fetch();
  const big = (await mirror.objectAt(head, 'big'))!.id;
  const small = (await mirror.objectAt(head, file))!.id;
  const found = await mirror.contents([big, small], 10_000_000);
  expect([...found.keys()]).toEqual([small]);
  expect(await text(mirror, head)).toBe('one');
});

it('says that git is missing, or a folder is not its own', async () => {
  remote.commit({ [file]: 'one' });
  const missing = await faultOf(open({ program: '/nonexistent/git' }).fetch());
  expect(missing).toMatchObject({ kind: 'no-git' });
  expect(missing.message).toContain('install git 2.38 or newer');

  const elsewhere = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
  const link = path.join(directory, 'link');
  await symlink(elsewhere, link);
  expect(await faultOf(open({ directory: link }).fetch())).toMatchObject({ kind: 'bad-folder' });
  const taken = path.join(directory, 'taken');
  await writeFile(taken, 'x');
  const fault = await faultOf(open({ directory: path.join(taken, 'mirrors') }).fetch());
  expect(fault.message).toContain('the folder of tenantReleases.gitops.mirrorDirectory');
  await rm(elsewhere, { recursive: true });
});

it('gives up waiting for another backend that goes on for too long', async () => {
  remote.commit({ [file]: 'one' });
  await open().fetch();
  const gitDir = await gitDirOf();
  await mkdir(`${gitDir}.lock`);
  const fault = await faultOf(open({ lock: { waitMs: 100 } }).renames(remote.commit({})));
  expect(fault).toMatchObject({ kind: 'locked' });
  expect(fault.message).toContain('a tenantReleases.gitops.mirrorDirectory of its own');
});

async function cutPacks(gitDir: string): Promise<void> {
  const folder = path.join(gitDir, 'objects', 'pack');
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.pack')) continue;
    const at = path.join(folder, name);
    const content = await readFile(at);
    await rm(at);
    await writeFile(at, content.subarray(0, 40));
  }
}
