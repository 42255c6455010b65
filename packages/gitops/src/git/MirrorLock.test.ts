import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MirrorLock } from './MirrorLock';

let base: string;
const tooLong = () => new Error('too long');

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'lock-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

it('lets two holders of one folder work one after the other', async () => {
  const folder = path.join(base, 'lock');
  const locks = [new MirrorLock(folder), new MirrorLock(folder)];
  let inside = 0;
  let most = 0;
  const task = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await delay(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, (_, index) => locks[index % 2].hold(task, tooLong)));
  expect(most).toBe(1);
  expect(await readdir(base)).toEqual([]);
});

it('is free again after a task that fails', async () => {
  const lock = new MirrorLock(path.join(base, 'lock'));
  await expect(lock.hold(() => Promise.reject(new Error('no')), tooLong)).rejects.toThrow('no');
  expect(await lock.hold(async () => 1, tooLong)).toBe(1);
});

it('takes a lock whose holder was killed, and waits for one that is alive', async () => {
  const folder = path.join(base, 'lock');
  await mkdir(folder);
  const old = new Date(Date.now() - 10_000);
  await utimes(folder, old, old);
  const impatient = new MirrorLock(folder, { staleMs: 5_000, waitMs: 100 });
  expect(await impatient.hold(async () => 1, tooLong)).toBe(1);

  const alive = new MirrorLock(folder, { beatMs: 20 });
  const long = alive.hold(() => delay(400), tooLong);
  await delay(20);
  const other = new MirrorLock(folder, { staleMs: 100, waitMs: 200 });
  await expect(other.hold(async () => 1, tooLong)).rejects.toThrow('too long');
  await long;
  expect(await other.hold(async () => 1, tooLong)).toBe(1);
});

it('says why it cannot be taken at all', async () => {
  const lock = new MirrorLock(path.join(base, 'missing', 'lock'));
  await expect(lock.hold(async () => 1, tooLong)).rejects.toThrow('ENOENT');
});
