import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from './run';

const downloadMs = 180_000;
const unpackMs = 60_000;

/** A line that says why apt failed: its errors begin with `E:`. */
function reasonOf(output: string): string {
  const lines = output.split('\n').filter(Boolean);
  return lines.find(line => line.startsWith('E:')) ?? lines.at(-1) ?? 'no reason given';
}

/**
 * Takes a package from the system's own sources and unpacks it into a folder, without root and
 * without installing it. apt checks its signature and hash.
 *
 * @returns undefined when it is there, else why it is not, in one line
 */
export async function unpackDebianPackage(options: {
  name: string;
  /** The folder to be made. It is there whole or not at all. */
  target: string;
  environment: NodeJS.ProcessEnv;
  /** Whether this user may refresh apt's lists. */
  isRoot: boolean;
  log: (line: string) => void;
}): Promise<string | undefined> {
  const { name, target, environment, isRoot, log } = options;
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = await mkdtemp(`${target}.partial-`);
  const apt = (...args: string[]) =>
    run('apt-get', args, { cwd: temporary, environment, timeoutMs: downloadMs });
  try {
    log(`taking ${name} from the system's package sources (apt-get download)`);
    let download = await apt('download', name);
    if (!download.succeeded && isRoot) {
      // A fresh container has no lists, and old lists name files that are gone.
      log('refreshing the package lists (apt-get update)');
      await apt('update');
      download = await apt('download', name);
    }
    if (!download.succeeded) return reasonOf(download.output);
    const file = (await readdir(temporary)).find(each => each.endsWith('.deb'));
    if (!file) return `apt-get download ${name} left no file`;

    const root = path.join(temporary, 'root');
    const args = ['-x', path.join(temporary, file), root];
    const unpacked = await run('dpkg-deb', args, { environment, timeoutMs: unpackMs });
    if (!unpacked.succeeded) return reasonOf(unpacked.output);
    await rename(root, target).catch((error: NodeJS.ErrnoException) => {
      // Another process was quicker; what it has unpacked is the same.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return undefined;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
