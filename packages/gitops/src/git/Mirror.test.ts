import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitRemote } from '../__testUtils__/GitRemote';
import { Mirror } from './Mirror';
import type { MirrorOptions } from './MirrorStore';

// Git's processes take their time on a busy machine.
jest.setTimeout(30_000);

const repository = 'https://git.example.com/acme/platform';
const file = (tenant: string) => `gitops/tenants/${tenant}-values.yaml`;

let remote: GitRemote;
let directory: string;
let mirrors: Mirror[];

const open = (options: Partial<MirrorOptions> = {}) => {
  const mirror = new Mirror({ url: remote.url, repository, branch: 'main', directory, ...options });
  mirrors.push(mirror);
  return mirror;
};
const text = async (mirror: Mirror, commit: string, at: string) => {
  const found = await mirror.objectAt(commit, at);
  return found && (await mirror.contents([found.id], 1_000)).get(found.id)?.toString();
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

it('follows a branch: one request when there is nothing new, none for what it has', async () => {
  const first = remote.commit({ [file('a')]: 'one', 'README.md': 'x' });
  const mirror = open();
  expect(await mirror.fetch()).toBe(first);
  expect(await text(mirror, first, file('a'))).toBe('one');

  remote.forget();
  expect(await mirror.fetch()).toBe(first);
  expect(remote.requests).toEqual(['GET /acme/platform.git/info/refs']);

  const second = remote.commit({ [file('a')]: 'two' }, { author: 'Bo', message: 'Bump' });
  expect(await mirror.fetch()).toBe(second);
  remote.forget();
  expect(await text(mirror, second, file('a'))).toBe('two');
  expect(await text(mirror, first, file('a'))).toBe('one');
  expect(await mirror.commit(second)).toMatchObject({
    author: { name: 'Bo', email: 'ada@example.com' },
    message: 'Bump',
    parents: [first],
  });
  expect(await mirror.history(file('a'), second, 10)).toEqual([second, first]);
  expect(await mirror.history(file('a'), second, 10, 1)).toEqual([first]);
  expect(remote.requests).toEqual([]);
});

it('brings contents over together, and only those that are asked for', async () => {
  const names = Array.from({ length: 40 }, (_, index) => file(`t${index}`));
  const head = remote.commit(Object.fromEntries(names.map(name => [name, name])));
  const mirror = open();
  await mirror.fetch();
  const files = await mirror.files(head);
  remote.forget();
  const wanted = files.slice(0, 30).map(({ id }) => id);
  expect((await mirror.contents(wanted, 1_000)).size).toBe(30);
  expect(remote.requests.length).toBeLessThanOrEqual(3);
  remote.forget();
  expect((await mirror.contents(wanted, 1_000)).size).toBe(30);
  expect((await mirror.contents([files[39].id], 10)).size).toBe(0);
  expect(remote.requests.filter(line => line.startsWith('POST')).length).toBeLessThanOrEqual(2);
});

it('goes on with what is on the disk, by one request', async () => {
  const head = remote.commit({ [file('a')]: 'one' });
  const before = open();
  await before.fetch();
  await text(before, head, file('a'));
  remote.forget();
  const mirror = open();
  expect(await mirror.look()).toBe(head);
  expect(await mirror.fetch()).toBe(head);
  expect(await text(mirror, head, file('a'))).toBe('one');
  expect(remote.requests).toHaveLength(1);
});

it('tells links, submodules and odd names from files', async () => {
  const odd = 'gitops/a "b"\\ü\n*.yaml';
  const head = remote.commit({
    link: { link: '../etc/passwd' },
    module: { submodule: '1'.repeat(40) },
    [odd]: 'x',
  });
  const mirror = open();
  await mirror.fetch();
  const files = await mirror.files(head);
  expect(files.map(({ path: name, kind }) => [name, kind])).toEqual([
    [odd, undefined],
    ['link', 'symlink'],
    ['module', 'submodule'],
  ]);
  expect(await mirror.history(odd, head, 5)).toEqual([head]);
  expect(await mirror.history('gitops/*', head, 5)).toEqual([]);
  expect(await text(mirror, head, odd)).toBe('x');
  expect((await mirror.objectAt(head, 'link'))?.type).toBe('blob');
  expect((await mirror.objectAt(head, 'module'))?.type).toBe('commit');
  expect((await mirror.objectAt(head, 'gitops'))?.type).toBe('tree');
  expect(await mirror.objectAt(head, 'gitops/none')).toBeUndefined();
  expect(await mirror.objectAt(head, 'a\nb/none')).toBeUndefined();
});

it('follows a branch that was set back, and still reads what it had', async () => {
  const first = remote.commit({ [file('a')]: 'one' });
  const second = remote.commit({ [file('a')]: 'two' });
  const mirror = open();
  await mirror.fetch();
  await text(mirror, second, file('a'));
  remote.git('update-ref', 'refs/heads/main', first);
  expect(await mirror.fetch()).toBe(first);
  const third = remote.commit({ [file('a')]: 'three' });
  expect(await mirror.fetch()).toBe(third);
  expect(await text(mirror, third, file('a'))).toBe('three');
  expect(await text(mirror, second, file('a'))).toBe('two');
  expect(await mirror.isAncestor(second, third)).toBe(false);
  expect(await mirror.isAncestor(first, third)).toBe(true);
});

it('reads a commit of another branch, and knows none that is nowhere', async () => {
  const head = remote.commit({ [file('a')]: 'one' });
  const other = remote.commit({ [file('a')]: 'other' }, { branch: 'other', from: head });
  const mirror = open();
  await mirror.fetch();
  expect(await text(mirror, other, file('a'))).toBe('other');
  const nowhere = '1'.repeat(40);
  expect(await mirror.objectAt(nowhere, file('a'))).toBeUndefined();
  remote.forget();
  expect(await mirror.commit(nowhere)).toBeUndefined();
  expect(remote.requests).toEqual([]);
  await expect(mirror.files(nowhere)).rejects.toMatchObject({ kind: 'not-found' });
  expect(await mirror.commit('main')).toBeUndefined();
});

it('takes a content that comes as a change to one that it does not have', async () => {
  const body = Array.from({ length: 200 }, (_, index) => `line ${index}`).join('\n');
  remote.commit({ [file('a')]: body });
  const mirror = open();
  await mirror.fetch();
  const head = remote.commit({ [file('a')]: `${body}\nmore` });
  remote.git('repack', '-adq');
  expect(await mirror.fetch()).toBe(head);
  const { id } = (await mirror.objectAt(head, file('a')))!;
  expect((await mirror.contents([id], 10_000)).get(id)?.toString()).toBe(`${body}\nmore`);
});

it('finds files that were moved, also with a change', async () => {
  const body = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  remote.commit({ 'old/a.yaml': body, 'old/b.yaml': 'exact' });
  const moved = remote.commit({
    'old/a.yaml': undefined,
    'old/b.yaml': undefined,
    'new/a.yaml': `${body}\nmore`,
    'new/b.yaml': 'exact',
    'new/c.yaml': 'added',
  });
  const mirror = open();
  await mirror.fetch();
  const { changes, parent } = await mirror.renames(moved);
  const from = Object.fromEntries(changes.map(one => [one.path, one.movedFrom]));
  expect(from).toEqual({
    'new/a.yaml': 'old/a.yaml',
    'new/b.yaml': 'old/b.yaml',
    'new/c.yaml': undefined,
  });
  expect(parent).toBe((await mirror.commit(moved))!.parents[0]);
});

it('tells what each commit did, newest first, until it is enough', async () => {
  const first = remote.commit({ [file('a')]: 'one', other: 'x' });
  const second = remote.commit({ [file('b')]: 'one', other: 'y' });
  const third = remote.commit({ [file('a')]: undefined });
  remote.commit({ other: 'z' });
  const mirror = open();
  const head = await mirror.fetch();
  const told: string[][] = [];
  const read = (since?: string) =>
    mirror.changes({ commit: head, since, folders: ['gitops/tenants'] }, ({ sha, changes }) => {
      told.push([sha, ...changes.map(({ path: name, from, to }) => `${name} ${!!from} ${!!to}`)]);
      return told.length < 2;
    });
  await read();
  expect(told).toEqual([
    [third, `${file('a')} true false`],
    [second, `${file('b')} false true`],
  ]);
  told.length = 0;
  await read(first);
  expect(told.map(([sha]) => sha)).toEqual([third, second]);
});

it('lets two backends work on one disk', async () => {
  remote.commit({ [file('a')]: 'one' });
  const both = [open(), open()];
  const heads = await Promise.all(both.map(mirror => mirror.fetch()));
  const next = remote.commit({ [file('a')]: 'two' });
  expect(heads).not.toContain(next);
  expect(await Promise.all([...both, ...both].map(mirror => mirror.fetch()))).toEqual([
    next,
    next,
    next,
    next,
  ]);
  expect((await readdir(directory)).filter(name => !name.endsWith('.git'))).toEqual([]);
});

it('keeps credentials out of everything that stays', async () => {
  const head = remote.commit({ [file('a')]: 'one' });
  const password = 'hunter2-secret';
  remote.authorization = `Basic ${Buffer.from(`x:${password}`).toString('base64')}`;
  const said: string[] = [];
  const onGit = (line: string) => said.push(line);
  const mirror = open({ authorization: async () => remote.authorization, onGit });
  expect(await mirror.fetch()).toBe(head);
  expect(await text(mirror, head, file('a'))).toBe('one');
  expect(new Set(remote.authorizations)).toEqual(new Set([remote.authorization]));

  // A host that repeats what it was sent.
  remote.fault = { kind: 'status', status: 500, body: `no ${remote.authorization} ${password}` };
  const error = await mirror.fetch().catch(thrown => thrown);
  const kept = [error.message, error.stack, ...said];
  for (const name of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) kept.push(await readFile(path.join(name.parentPath, name.name), 'latin1'));
  }
  const all = kept.join('\n');
  expect(all).toContain('git.example.com');
  expect(all).not.toContain(password);
  expect(all).not.toContain(remote.authorization!.slice(6));
});
