import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProgramError, runProgram } from '@internal/gitops';
import { BoundedCache } from './boundedCache';

/** Git gets this long for one command; milliseconds. */
const gitTimeout = 20_000;
/** Names of all references of a large repository. */
const maxGitBytes = 256 * 1024 * 1024;
const allowedUrl = /^(https?|file):\/\//;
const fullSha = /^[0-9a-f]{40}$/;

/** Author, time and message of a commit, as `GET revisions/{rev}/metadata` answers them. */
export interface RevisionMetadata {
  author: string;
  /** RFC 3339, UTC: when the commit was made (committer's date). */
  date: string;
  tags?: string[];
  message: string;
}

/** A bare mirror of one remote repository. Its commands are run with a clean configuration and never ask. */
export class GitRepository {
  private readonly environment: NodeJS.ProcessEnv;
  private readonly objectIds = new BoundedCache<Promise<string | undefined>>(5_000);
  private opened = false;

  constructor(
    private readonly options: {
      /** Path of the git program. */
      git: string;
      /** Where the mirror lives. Absolute; made when it is not there. */
      directory: string;
      url: string;
      /** Sent as the password of `x-access-token`, as GitHub takes it. */
      token?: string;
    },
  ) {
    this.environment = gitEnvironment(options.url, options.token);
  }

  /** The remote's branches and tags by full name (`refs/heads/main`), and HEAD. Costs one request. */
  async remoteReferences(): Promise<Map<string, string>> {
    this.checkUrl();
    const text = await this.git(['ls-remote', '--', this.options.url]);
    const references = new Map<string, string>();
    for (const line of text.split('\n')) {
      const [sha, name] = line.split('\t');
      // The commit that an annotated tag points to stands under the name with ^{}.
      if (name) references.set(name.replace(/\^\{\}$/, ''), sha);
    }
    return references;
  }

  /** Brings everything over that the remote's branches and tags reach. */
  async fetch(): Promise<void> {
    this.checkUrl();
    await this.open();
    const references = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
    await this.inside(['fetch', '--quiet', '--prune', '--', this.options.url, ...references]);
  }

  /** Whether the mirror holds this commit (full SHA). */
  async has(sha: string): Promise<boolean> {
    if (!fullSha.test(sha)) return false;
    await this.open();
    return await this.inside(['cat-file', '-e', `${sha}^{commit}`]).then(
      () => true,
      () => false,
    );
  }

  /** The object id of a path in a commit, which changes only when its content does; undefined when it is absent. */
  async objectId(sha: string, inRepository: string): Promise<string | undefined> {
    const name = `${sha}:${inRepository}`;
    const known = this.objectIds.get(name);
    if (known) return await known;
    const found = this.findObject(name);
    this.objectIds.set(name, found);
    found.catch(() => this.objectIds.delete(name));
    return await found;
  }

  /** @throws ProgramError when the mirror has no such commit. */
  async metadata(sha: string): Promise<RevisionMetadata> {
    const format = '%an <%ae>%x00%ct%x00%B';
    const text = await this.inside(['show', '-s', `--format=${format}`, `${sha}^{commit}`]);
    const [author, seconds, message] = text.split('\0');
    const tags = (await this.inside(['tag', '--points-at', sha])).split('\n').filter(Boolean);
    return {
      author,
      date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z'),
      ...(tags.length > 0 ? { tags } : {}),
      message: message.trim(),
    };
  }

  /** Writes the whole tree of a commit into a directory that does not exist yet; all or nothing. */
  async checkout(sha: string, target: string): Promise<void> {
    const partial = `${target}.${process.pid}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(path.join(partial, 'tree'), { recursive: true });
    await this.git(
      [
        `--git-dir=${this.options.directory}`,
        `--work-tree=${path.join(partial, 'tree')}`,
        'checkout',
        '--quiet',
        '--force',
        sha,
        '--',
        '.',
      ],
      { GIT_INDEX_FILE: path.join(partial, 'index') },
    );
    await rename(path.join(partial, 'tree'), target);
    await rm(partial, { recursive: true, force: true });
  }

  private async findObject(name: string): Promise<string | undefined> {
    try {
      return (await this.inside(['rev-parse', '--verify', '--quiet', name])).trim();
    } catch (error) {
      // Status 1 says that there is no such object; anything else is a failure of git itself.
      if (error instanceof ProgramError && error.exitStatus === 1) return undefined;
      throw error;
    }
  }

  private async open(): Promise<void> {
    if (this.opened) return;
    await mkdir(this.options.directory, { recursive: true });
    await removeLocks(this.options.directory);
    await this.git(['init', '--quiet', '--bare', this.options.directory]);
    this.opened = true;
  }

  private checkUrl(): void {
    if (!allowedUrl.test(this.options.url)) {
      throw new Error(`unsupported repository URL ${JSON.stringify(this.options.url)}`);
    }
  }

  private async inside(args: string[]): Promise<string> {
    return await this.git([`--git-dir=${this.options.directory}`, ...args]);
  }

  private async git(args: string[], environment?: NodeJS.ProcessEnv): Promise<string> {
    return await runProgram({
      program: this.options.git,
      args,
      env: { ...this.environment, ...environment },
      timeoutMs: gitTimeout,
      maxBytes: maxGitBytes,
    });
  }
}

/** Nothing of the person's own git configuration takes part, and nothing asks for a password. */
function gitEnvironment(url: string, token: string | undefined): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https:file',
    GIT_CONFIG_COUNT: '0',
    LC_ALL: 'C',
  };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete environment[name];
  if (token && /^https?:\/\//.test(url)) {
    const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
    // In the environment and not an argument, which every user of the machine could read.
    environment.GIT_CONFIG_COUNT = '1';
    environment.GIT_CONFIG_KEY_0 = `http.${new URL(url).origin}/.extraHeader`;
    environment.GIT_CONFIG_VALUE_0 = `Authorization: Basic ${credentials}`;
  }
  return environment;
}

/** A git that was killed leaves its locks behind; nobody else works in this directory. */
async function removeLocks(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true });
  const locks = entries.filter(entry => entry.endsWith('.lock'));
  await Promise.all(locks.map(entry => rm(path.join(directory, entry), { force: true })));
}
