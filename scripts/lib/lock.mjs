/** Keeps two set-ups out of one checkout at the same time. */
import { link, mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { say } from './output.mjs';

/** The holder touches its lock this often. */
const heartbeatMs = 2000;
/** A lock that was not touched for this long belongs to nobody: its holder was killed, or its number was given away. */
const staleMs = 20000;

/**
 * Takes the lock and answers how to give it back. Waits for another live holder; takes over from a dead one.
 * @param file - the lock file
 */
export async function takeLock(file, { pollMs = 500, log = say } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  // Linked into place with its content, so that nobody ever reads an empty lock.
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid));
  let told = false;
  try {
    for (;;) {
      if (await linked(own, file)) break;
      const holder = await holderOf(file);
      if (holder === undefined) continue;
      if (holder.stale) {
        await remove(file, holder.pid);
        continue;
      }
      if (!told)
        log(
          `  Another set-up is at work in this checkout (process ${holder.pid}); waiting for it.`,
        );
      told = true;
      await new Promise(resolve => setTimeout(resolve, pollMs));
    }
  } finally {
    await unlink(own);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => clearInterval(heartbeat));
  }, heartbeatMs);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text === String(process.pid)) await unlink(file);
  };
}

async function linked(from, to) {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(file) {
  try {
    const [text, info] = [await readFile(file, 'utf8'), await stat(file)];
    const pid = Number(text);
    const stale = !(pid > 0) || !isAlive(pid) || Date.now() - info.mtimeMs > staleMs;
    return { pid: text, stale };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves the lock aside before it is deleted: of several that try, one succeeds. */
async function remove(file, pid) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  // Somebody else was faster and this is already the new holder's lock: put it back.
  if ((await readFile(aside, 'utf8')) !== pid) await linked(aside, file);
  await unlink(aside);
}

/** Whether a process with this number exists. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
