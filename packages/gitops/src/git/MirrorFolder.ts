import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What Git leaves behind when it is ended in the middle. */
const leftovers = /(\.lock|\/tmp_(pack|idx|rev)_\w+)$/;

/** The folder of a mirror: made whole or not at all, and only in a place that is this user's. */
export class MirrorFolder {
  /** Absolute path of the bare repository. */
  readonly path: string;
  readonly #url: string;

  constructor(folder: string, url: string) {
    this.path = folder;
    this.#url = url;
  }

  /**
   * Whether a mirror is there.
   *
   * @throws Error with a code when somebody else may have put it there
   */
  async exists(): Promise<boolean> {
    const parent = path.dirname(this.path);
    await mkdir(parent, { recursive: true, mode: 0o700 });
    // A volume is often the system's own.
    await requireOwn(parent, [0]);
    return requireOwn(this.path);
  }

  /**
   * Makes the mirror, also in the place of one that is damaged: under another name until it is whole.
   *
   * @param fill - is given the path of an empty repository
   */
  async make(fill: (gitDir: string) => Promise<void>): Promise<void> {
    const making = `${this.path}.new`;
    await rm(making, { recursive: true, force: true });
    try {
      await writeEmpty(making, this.#url);
      await fill(making);
      const old = `${this.path}.old`;
      await rm(old, { recursive: true, force: true });
      await rename(this.path, old).catch(error => {
        if (error.code !== 'ENOENT') throw error;
      });
      await rename(making, this.path);
      await rm(old, { recursive: true, force: true });
    } finally {
      await rm(making, { recursive: true, force: true });
    }
  }

  /** Removes what killed processes have left, which would stop others. To be called while nobody else writes. */
  async clean(): Promise<void> {
    const names = [
      ...(await readdir(this.path)),
      ...(await namesIn(this.path, 'objects/pack')),
      ...(await namesIn(this.path, 'refs')),
    ];
    const left = names.filter(name => leftovers.test(name));
    await Promise.all(left.map(name => rm(path.join(this.path, name), { force: true })));
  }
}

/** Paths of what is in a folder and below it, from the root. */
async function namesIn(root: string, folder: string): Promise<string[]> {
  const names = await readdir(path.join(root, folder), { recursive: true });
  return names.map(name => path.join(folder, name));
}

/**
 * An empty bare repository that may lack contents, which its remote has promised.
 *
 * @see https://git-scm.com/docs/gitrepository-layout
 */
async function writeEmpty(gitDir: string, url: string): Promise<void> {
  await mkdir(path.join(gitDir, 'objects', 'pack'), { recursive: true, mode: 0o700 });
  await mkdir(path.join(gitDir, 'refs', 'heads'), { recursive: true });
  await writeFile(path.join(gitDir, 'HEAD'), 'ref: refs/heads/main\n');
  const quoted = url.replace(/[\\"]/g, '\\$&');
  await writeFile(
    path.join(gitDir, 'config'),
    `[core]
	repositoryformatversion = 1
	bare = true
[extensions]
	partialClone = origin
[remote "origin"]
	url = "${quoted}"
	promisor = true
	partialclonefilter = blob:none
`,
  );
}

/**
 * Git does what a repository's configuration says: one of another user is not touched.
 *
 * @param others - ids of users that it may be of, too
 */
async function requireOwn(folder: string, others: readonly number[] = []): Promise<boolean> {
  const found = await lstat(folder).catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return false;
  const own = process.getuid?.() ?? found.uid;
  if (!found.isDirectory() || ![own, ...others].includes(found.uid)) {
    throw Object.assign(new Error(`${folder} is no folder of this user`), { code: 'EPERM' });
  }
  return true;
}
