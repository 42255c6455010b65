import { access, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { GitRepository } from './gitRepository';

/** How many trees of one repository are kept on disk. */
const keptTrees = 6;

/** Trees of commits on disk, each written once, the oldest removed. */
export class Checkouts {
  private readonly pending = new Map<string, Promise<string>>();
  /** Newest last. A tree that is in use is never among the oldest: uses move it to the end. */
  private readonly used: string[] = [];
  private readonly busy = new Map<string, number>();
  private cleaning?: Promise<void>;

  constructor(private readonly repository: GitRepository, private readonly directory: string) {}

  /** Hands the directory of a commit's tree to `use`, and keeps it on disk until that is done. */
  async with<T>(sha: string, use: (root: string) => Promise<T>): Promise<T> {
    this.busy.set(sha, (this.busy.get(sha) ?? 0) + 1);
    try {
      return await use(await this.ensure(sha));
    } finally {
      this.busy.set(sha, (this.busy.get(sha) ?? 1) - 1);
      await this.prune();
    }
  }

  private async ensure(sha: string): Promise<string> {
    const known = this.used.indexOf(sha);
    if (known >= 0) this.used.splice(known, 1);
    this.used.push(sha);
    const pending = this.pending.get(sha) ?? this.write(sha);
    this.pending.set(sha, pending);
    try {
      return await pending;
    } catch (error) {
      this.pending.delete(sha);
      throw error;
    }
  }

  private async write(sha: string): Promise<string> {
    this.cleaning ??= this.clean();
    await this.cleaning;
    const target = path.join(this.directory, sha);
    const exists = await access(target).then(
      () => true,
      () => false,
    );
    if (!exists) await this.repository.checkout(sha, target);
    return target;
  }

  /** What an earlier run left, whole or not, goes: this run cannot tell. */
  private async clean(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    for (const entry of await readdir(this.directory)) {
      await rm(path.join(this.directory, entry), { recursive: true, force: true });
    }
  }

  private async prune(): Promise<void> {
    for (const sha of this.used.slice(0, -keptTrees)) {
      if ((this.busy.get(sha) ?? 0) > 0) continue;
      this.used.splice(this.used.indexOf(sha), 1);
      this.busy.delete(sha);
      this.pending.delete(sha);
      await rm(path.join(this.directory, sha), { recursive: true, force: true });
    }
  }
}
