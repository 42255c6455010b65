import { askHttp } from './askHttp';
import type { GitAccess } from './gitEnvironment';
import { GitExit, runGit, type GitRun } from './runGit';

/** Bounds of what is fetched. */
export interface RemoteBounds {
  /** Milliseconds for a question, such as which branches there are. */
  askMs: number;
  /** Milliseconds for what is new. */
  fetchMs: number;
  /** Milliseconds for a whole repository. */
  firstFetchMs: number;
  /** Bytes of one pack. */
  maxPackBytes: number;
}

/** See {@link RemoteBounds}. */
export const usualBounds: RemoteBounds = {
  askMs: 20_000,
  fetchMs: 120_000,
  firstFetchMs: 900_000,
  maxPackBytes: 4 * 1024 ** 3,
};

/** What a {@link MirrorRemote} needs. */
export interface MirrorRemoteOptions {
  url: string;
  branch: string;
  /** Value of the header `Authorization`, asked for before each connection: tokens of apps live for an hour. */
  authorization?(): Promise<string | undefined>;
  program?: string;
  bounds?: Partial<RemoteBounds>;
}

/**
 * The first version of the protocol answers in one request, with every branch, tag and pull request; the second takes two, and
 * only the branch. Up to so many references one request is less.
 */
const manyReferences = 2_000;
/** Contents that come with new commits: what is larger is no tenant file. */
const newBlobs = 'blob:limit=1m';

/** For so long a repository that was moved is looked for where it went. Milliseconds. */
const movedMs = 3_600_000;

/** The requests that a mirror makes of its remote. */
export class MirrorRemote {
  readonly #options: MirrorRemoteOptions;
  readonly #bounds: RemoteBounds;
  readonly #signal: () => AbortSignal;
  /** Version of the protocol for the branch. */
  #version = '0';
  #canFilter = true;
  #moved: { to: string; until: number } | undefined;

  /** @param signal - ends what runs */
  constructor(options: MirrorRemoteOptions, signal: () => AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#bounds = { ...usualBounds, ...options.bounds };
  }

  /** The repository's address now, where its host leads from the configured one to another of its own. */
  get movedTo(): string | undefined {
    return this.#moved?.to;
  }

  /** Whether the host speaks Git's protocol, as far as that can be found out. */
  async isGit(): Promise<boolean> {
    const found = await askHttp(await this.#access(), this.#bounds.askMs);
    return found?.isGit ?? true;
  }

  /**
   * Asks for the head of the branch, by one request.
   *
   * @returns whether the repository holds any commit, and the head where there is such a branch
   */
  async look(): Promise<{ isEmpty: boolean; head?: string }> {
    const output = await this.#run(
      { args: ['ls-remote', '--quiet', '--', this.#options.url], timeoutMs: this.#bounds.askMs },
      '0',
    );
    const references = output.toString().split('\n').filter(Boolean);
    this.#version = references.length > manyReferences ? '2' : '0';
    const wanted = `refs/heads/${this.#options.branch}`;
    const found = references.map(line => line.split('\t')).find(([, name]) => name === wanted);
    const head = found && /^[0-9a-f]{40}$/.test(found[0]) ? found[0] : undefined;
    return { isEmpty: references.length === 0, ...(head ? { head } : {}) };
  }

  /** Asks for nothing but the branch. */
  async ping(): Promise<void> {
    await this.tip(this.#options.branch);
  }

  /** The commit that a branch is at, any branch; undefined when there is no such branch. */
  async tip(branch: string): Promise<string | undefined> {
    const args = ['ls-remote', '--quiet', '--', this.#options.url, `refs/heads/${branch}`];
    const output = await this.#run({ args, timeoutMs: this.#bounds.askMs }, this.#version);
    // A name also matches at the end of a longer one.
    const lines = output.toString().split('\n');
    const found = lines
      .map(line => line.split('\t'))
      .find(([, ref]) => ref === `refs/heads/${branch}`);
    return found?.[0];
  }

  /**
   * Points a branch at a commit, if it is where it is thought to be.
   *
   * @param gitDir - absolute path of the repository that holds the commit
   * @param commit - undefined deletes the branch
   * @param expected - where the branch is; undefined when there is none
   */
  async push(
    gitDir: string,
    branch: string,
    commit: string | undefined,
    expected: string | undefined,
  ): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
    const args = ['push', '--quiet', '--no-verify', lease, '--', this.#options.url];
    await this.#run(
      { args: [...args, `${commit ?? ''}:${ref}`], gitDir, timeoutMs: this.#bounds.fetchMs },
      this.#version,
    );
  }

  /** Brings over what is new on the branch; of a repository without any of it all commits and folders, and no content. */
  async fetch(gitDir: string, isFirst: boolean): Promise<void> {
    const { branch } = this.#options;
    const filter = isFirst ? 'blob:none' : newBlobs;
    await this.#fetch(
      gitDir,
      ['--update-shallow', 'origin', `+refs/heads/${branch}:refs/heads/${branch}`],
      { filter, timeoutMs: isFirst ? this.#bounds.firstFetchMs : this.#bounds.fetchMs },
    );
  }

  /** Brings over a commit that the branch does not have, as far as the host lets everybody have it. */
  async fetchCommit(gitDir: string, sha: string): Promise<void> {
    await this.#fetch(gitDir, ['origin', sha], {
      filter: newBlobs,
      timeoutMs: this.#bounds.fetchMs,
      version: '2',
    });
  }

  /** Brings over contents by their names, all at once. */
  async fetchContents(gitDir: string, names: readonly string[]): Promise<void> {
    await this.#fetch(gitDir, ['--stdin', 'origin'], {
      filter: 'blob:none',
      timeoutMs: this.#bounds.firstFetchMs,
      version: '2',
      input: `${names.join('\n')}\n`,
      // What is known here is of no use: each content is asked for by its name.
      settings: { 'fetch.negotiationAlgorithm': 'noop' },
    });
  }

  /** Brings over all contents, for a host that does not hand them out by name. */
  async fetchAll(gitDir: string): Promise<void> {
    this.#canFilter = false;
    const { branch } = this.#options;
    const refspec = `+refs/heads/${branch}:refs/heads/${branch}`;
    await this.#fetch(gitDir, ['--refetch', '--update-shallow', 'origin', refspec], {
      timeoutMs: this.#bounds.firstFetchMs,
    });
  }

  async #fetch(
    gitDir: string,
    rest: readonly string[],
    options: Pick<GitRun, 'timeoutMs' | 'input' | 'settings'> & {
      filter?: string;
      version?: string;
    },
  ): Promise<void> {
    const { filter, version = this.#version, ...run } = options;
    const fetch = (by: string) =>
      this.#run(
        {
          args: [
            'fetch',
            '--quiet',
            '--no-tags',
            '--no-write-fetch-head',
            '--no-auto-maintenance',
            this.#canFilter && filter ? `--filter=${filter}` : '--no-filter',
            ...rest,
          ],
          gitDir,
          maxFileBytes: this.#bounds.maxPackBytes,
          ...run,
        },
        by,
      );
    try {
      await fetch(version);
    } catch (error) {
      const said = error instanceof GitExit ? error.said : '';
      if (this.#canFilter && /filter .*not supported/i.test(said)) {
        this.#canFilter = false;
        await fetch(version);
      } else if (version !== '2' && /unadvertised object/i.test(said)) {
        // A content came as a change to one that is not here; only the second version hands that out everywhere.
        await fetch('2');
      } else throw error;
    }
  }

  async #run(run: Omit<GitRun, 'access' | 'program'>, version: string): Promise<Buffer> {
    if (this.#moved && performance.now() > this.#moved.until) this.#moved = undefined;
    try {
      return await this.#runOnce(run, version);
    } catch (error) {
      const isLed = error instanceof GitExit && /returned error: 30[12378]/.test(error.said);
      const movedTo = isLed && (await askHttp(await this.#access(), this.#bounds.askMs))?.movedTo;
      if (!movedTo) throw error;
      this.#moved = { to: movedTo, until: performance.now() + movedMs };
      return this.#runOnce(run, version);
    }
  }

  async #runOnce(run: Omit<GitRun, 'access' | 'program'>, version: string): Promise<Buffer> {
    const { url, program } = this.#options;
    const settings = {
      ...run.settings,
      'protocol.version': version,
      ...(this.#moved ? { [`url.${this.#moved.to}.insteadOf`]: url } : {}),
    };
    const access = await this.#access();
    const signal = this.#signal();
    return runGit({ ...run, settings, access, signal, ...(program ? { program } : {}) });
  }

  async #access(): Promise<GitAccess> {
    const { url, authorization } = this.#options;
    const value = await authorization?.();
    return { url, ...(value ? { authorization: value } : {}) };
  }
}
