import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { output } from '../../support/run.ts';

/** A Git repository on this machine, whose commits are Ada's. */
export class ContractRepository {
  #directory = '';

  /** Where its work tree is. */
  get folder(): string {
    return this.#directory;
  }

  get url(): string {
    return pathToFileURL(this.#directory).href;
  }

  async create(): Promise<void> {
    this.#directory = await mkdtemp(path.join(tmpdir(), 'contract-git-'));
    await output('git', ['init', '-q', '-b', 'main', this.#directory]);
  }

  async remove(): Promise<void> {
    if (this.#directory) await rm(this.#directory, { recursive: true, force: true });
  }

  /** Commits files. @returns the commit, 40 hex digits */
  async commit(message: string, files: Record<string, string>): Promise<string> {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const git = (...args: string[]) =>
      output('git', [...identity, ...args], { cwd: this.#directory });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.#directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await git('add', '--all');
    await git('commit', '-q', '-m', message);
    return (await git('rev-parse', 'HEAD')).trim();
  }
}
