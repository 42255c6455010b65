import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitRemote } from '../__testUtils__/GitRemote';
import { FileLog, type FileLogBounds } from './FileLog';
import { MergeGraph } from './MergeGraph';
import { Mirror } from './Mirror';

// Git's processes take their time on a busy machine.
jest.setTimeout(30_000);

const folder = 'gitops/tenants';
const file = (tenant: string) => `${folder}/${tenant}.yaml`;

let remote: GitRemote;
let directory: string;
let mirror: Mirror;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'mirror-'));
  remote = new GitRemote();
  const { fileUrl: url } = remote;
  mirror = new Mirror({ url, repository: 'acme/platform', branch: 'main', directory });
});
afterEach(async () => {
  mirror.close();
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

const open = (bounds?: Partial<FileLogBounds>) =>
  new FileLog(mirror, [folder], name => name.endsWith('.yaml'), bounds);
const find = async (log: FileLog, tenant: string, head: string, count = 10) => {
  const found = await mirror.objectAt(head, file(tenant));
  return log.find(file(tenant), head, found?.id ?? '', count);
};

it('has the commits of each file, at each head that it was read to', async () => {
  const one = remote.commit({ [file('a')]: '1', [file('b')]: '1', other: 'x' });
  const two = remote.commit({ [file('a')]: '2' });
  const first = await mirror.fetch();
  const log = open();
  await log.read(first);
  const three = remote.commit({ [file('a')]: '3', [file('c')]: '1' });
  const four = remote.commit({ [file('b')]: undefined, [file('c')]: '2' });
  const second = await mirror.fetch();
  await log.read(second);
  expect(await find(log, 'a', second)).toEqual([three, two, one]);
  expect(await find(log, 'a', second, 2)).toEqual([three, two]);
  expect(await find(log, 'a', first)).toEqual([two, one]);
  expect(await find(log, 'c', second)).toEqual([four, three]);
  expect(await find(log, 'b', first)).toEqual([one]);
  // Where it is not is not known by this.
  expect(await find(log, 'b', second)).toBeUndefined();
  expect(await find(log, 'c', first)).toBeUndefined();
  expect(log.find('other', second, '', 1)).toBeUndefined();
});

it('knows a file that was gone for a while', async () => {
  const one = remote.commit({ [file('a')]: '1' });
  const two = remote.commit({ [file('a')]: undefined, x: 'x' });
  const three = remote.commit({ [file('a')]: '1' });
  const log = open();
  const head = await mirror.fetch();
  await log.read(head);
  expect(await find(log, 'a', head)).toEqual([three, two, one]);
  expect(await mirror.history(file('a'), head, 10)).toEqual([three, two, one]);
});

it('says nothing of a file of which a merge took another side', async () => {
  const base = remote.commit({ [file('a')]: '1', [file('b')]: '1' });
  const side = remote.commit(
    { [file('a')]: 'side', [file('b')]: 'side' },
    { branch: 'side', from: base },
  );
  const main = remote.commit({ [file('a')]: 'main' });
  // What is merged is thrown away for one file, and taken for the other.
  const merge = remote.commit({ [file('b')]: 'side' }, { merges: [side], message: 'Merge side' });
  const last = remote.commit({ other: 'x' });
  const head = await mirror.fetch();
  const log = open();
  await log.read(head);
  expect(await find(log, 'a', head)).toBeUndefined();
  expect(await mirror.history(file('a'), head, 10)).toEqual([main, base]);
  expect(await find(log, 'b', head)).toEqual([side, base]);

  const graph = new MergeGraph(mirror);
  expect(await graph.mergeOf(side, head)).toBe(merge);
  for (const sha of [base, main, merge, last])
    expect(await graph.mergeOf(sha, head)).toBeUndefined();
});

it('finds the first of the merges that have a commit, also of branches into branches', async () => {
  const base = remote.commit({ a: '1' });
  const inner = remote.commit({ b: '1' }, { branch: 'inner', from: base });
  const outer = remote.commit({ c: '1' }, { branch: 'outer', from: base });
  const joined = remote.commit({ b: '1' }, { branch: 'outer', merges: [inner] });
  const merge = remote.commit({ b: '1', c: '1' }, { merges: [joined] });
  const first = await mirror.fetch();
  const graph = new MergeGraph(mirror);
  for (const sha of [inner, outer, joined]) expect(await graph.mergeOf(sha, first)).toBe(merge);
  const later = remote.commit({ d: '1' }, { branch: 'outer' });
  const second = remote.commit({ d: '1' }, { merges: [later] });
  const head = await mirror.fetch();
  expect(await graph.mergeOf(later, head)).toBe(second);
  expect(await graph.mergeOf(inner, head)).toBe(merge);
});

it('begins anew after a branch was set back', async () => {
  const one = remote.commit({ [file('a')]: '1' });
  const two = remote.commit({ [file('a')]: '2' });
  const log = open();
  await log.read(await mirror.fetch());
  remote.git('update-ref', 'refs/heads/main', one);
  const three = remote.commit({ [file('a')]: '3' });
  const head = await mirror.fetch();
  await log.read(head);
  expect(await find(log, 'a', head)).toEqual([three, one]);
  expect(await find(log, 'a', two)).toBeUndefined();
});

it('leaves to others what it has not read', async () => {
  const one = remote.commit({ [file('a')]: '1' });
  const two = remote.commit({ [file('a')]: '2', [file('b')]: '1' });
  const three = remote.commit({ [file('b')]: '2' });
  const log = open({ maxCommits: 2 });
  const head = await mirror.fetch();
  await log.read(head);
  expect(await find(log, 'b', head)).toEqual([three, two]);
  expect(await find(log, 'a', head, 1)).toEqual([two]);
  expect(await find(log, 'a', head)).toBeUndefined();
  expect(await mirror.history(file('a'), head, 10)).toEqual([two, one]);
});

it('says the same as git log of one file, whatever happened', async () => {
  // A small generator with a seed: the same branches and merges in each run.
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const tenants = ['a', 'b', 'c', 'd'];
  let known = 0;
  const log = open();
  remote.commit(Object.fromEntries(tenants.map(tenant => [file(tenant), '0'])));
  for (let round = 0; round < 12; round += 1) {
    const base = remote.head();
    const text = () => (random(6) === 0 ? undefined : `${random(40)}`);
    const tenant = () => file(tenants[random(tenants.length)]);
    const side = remote.commit(
      { [tenant()]: text(), x: `${round}` },
      { branch: `s${round}`, from: base },
    );
    if (random(2)) remote.commit({ [tenant()]: text(), y: `${round}` });
    remote.commit({ [tenant()]: text(), z: `${round}` }, random(3) ? { merges: [side] } : {});
    const head = await mirror.fetch();
    await log.read(head);
    for (const one of tenants) {
      if (!(await mirror.objectAt(head, file(one)))) continue;
      const found = await find(log, one, head, 50);
      if (!found) continue;
      known += 1;
      expect(found).toEqual(await mirror.history(file(one), head, 50));
    }
  }
  expect(known).toBeGreaterThan(10);
});
