import path from 'node:path';
import type { SandboxSettings } from '../settings';
import { isRepositoryName } from './git/names';
import { checkGit } from './git/version';
import { commitFiles, type CommitFilesOptions } from './model/commitFiles';
import type { ForgeEvent } from './model/events';
import { defaultBranch, HostedRepository, owner } from './model/hosted';
import { mergePull, settleMerges, type MergeMethod } from './model/merge';
import { openPull } from './model/pulls';
import { StateFile } from './model/store';
import { Repository } from './repository';

/** What {@link Forge.openPullRequest} takes. */
export interface OpenPullRequestOptions {
  repository: string;
  title: string;
  body: string;
  /** Branch with the change. */
  head: string;
  /** Branch it goes to, default `main`. */
  base?: string;
  /** Login. */
  author: string;
  /** Default now. */
  date?: Date;
}

/** What {@link Forge.mergePullRequest} takes. */
export interface MergePullRequestOptions {
  repository: string;
  number: number;
  /** Login. */
  by: string;
  /** Default now. */
  date?: Date;
  /** Default `merge`. */
  method?: MergeMethod;
}

/**
 * The forge without its HTTP server: to be used by one process at a time, so not while the server runs.
 * What is done here needs no passed checks.
 */
export class Forge {
  private readonly repositories = new Map<string, HostedRepository>();
  private readonly listeners: Array<(event: ForgeEvent) => void> = [];

  constructor(private readonly program: string, private readonly folder: string) {}

  /** Opens a repository; makes it, empty, if it is not there. */
  async createRepository(name: string): Promise<HostedRepository> {
    if (!isRepositoryName(name)) {
      throw new Error(`not a repository name: ${JSON.stringify(name)}`);
    }
    const known = this.repositories.get(name);
    if (known) {
      return known;
    }
    const gitDir = path.join(this.folder, 'repositories', owner, `${name}.git`);
    const state = await StateFile.open(path.join(this.folder, `${owner}-${name}.json`));
    const git = await Repository.open(this.program, gitDir);
    const repository = new HostedRepository(name, git, state, event =>
      this.listeners.forEach(listener => listener(event)),
    );
    await settleMerges(repository);
    this.repositories.set(name, repository);
    return repository;
  }

  /** An open repository; undefined when there is none of that name. */
  repository(name: string): HostedRepository | undefined {
    return this.repositories.get(name);
  }

  /** All open repositories. */
  list(): HostedRepository[] {
    return [...this.repositories.values()];
  }

  /** Calls `listener` after every change of a branch or a pull request. It must not throw. */
  listen(listener: (event: ForgeEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Commits files on a branch, which begins at `main` (or empty) if it is new. Returns the commit's SHA-1. */
  async commitFiles(options: CommitFilesOptions & { repository: string }): Promise<string> {
    return this.require(options.repository).change(change => commitFiles(change, options));
  }

  /** Opens a pull request; returns its number. */
  async openPullRequest(options: OpenPullRequestOptions): Promise<number> {
    const { repository, author, date = new Date(), base = defaultBranch, ...rest } = options;
    const act = { actor: author, at: date };
    const pull = await this.require(repository).change(change =>
      openPull(change, { ...rest, base }, act),
    );
    return pull.number;
  }

  /** Merges a pull request; returns the SHA-1 of the commit on its base branch. */
  async mergePullRequest(options: MergePullRequestOptions): Promise<string> {
    const { repository, number, by, date = new Date(), method = 'merge' } = options;
    const act = { actor: by, at: date };
    return this.require(repository).change(change =>
      mergePull(change, number, { method }, act, true),
    );
  }

  /** Ends the processes that read the repositories. */
  async close(): Promise<void> {
    this.repositories.forEach(repository => repository.git.close());
  }

  private require(name: string): HostedRepository {
    const repository = this.repositories.get(name);
    if (!repository) {
      throw new Error(`no repository ${owner}/${name}: create it first`);
    }
    return repository;
  }
}

/**
 * Opens the forge's state in this process, with its two repositories (made, empty, if they are not there).
 *
 * @throws Error when Git is missing or too old.
 */
export async function openForge(
  settings: Pick<SandboxSettings, 'stateDir' | 'tools'>,
): Promise<Forge> {
  await checkGit(settings.tools.git);
  const forge = new Forge(settings.tools.git, path.join(settings.stateDir, 'forge'));
  await forge.createRepository('platform');
  await forge.createRepository('demo-api');
  return forge;
}
