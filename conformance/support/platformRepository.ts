import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicRepository, repositoryRoot } from './environment.ts';
import { output } from './run.ts';

/** Path to text; undefined takes the file away. */
export type Changes = Record<string, string | undefined>;

/** Begins the name of the folders that repositories are made in. */
const prefix = 'conformance-git-';

/** A window in which nothing is deployed would make the tests depend on the hour. */
const neverWithinHours = 12;

/**
 * A bare repository of this checkout's charts and GitOps tree, as the files stand now, whose own address stands where they name
 * the public one. Argo CD has to be able to read `file://` URLs of this machine.
 */
export class PlatformRepository {
  readonly url: string;
  /** The folder of a work tree, as main has it. */
  readonly work: string;
  readonly #bare: string;

  private constructor(directory: string) {
    this.#bare = path.join(directory, 'platform.git');
    this.work = path.join(directory, 'work');
    this.url = pathToFileURL(this.#bare).href;
  }

  /** Whether one of these addresses is a repository that the tests made. */
  static isOne(addresses: Array<string | undefined>): boolean {
    return addresses.some(address => address?.includes(`/${prefix}`));
  }

  static async create(): Promise<PlatformRepository> {
    const directory = await mkdtemp(path.join(tmpdir(), prefix));
    const repository = new PlatformRepository(directory);
    await output('git', ['init', '-q', '--bare', '-b', 'main', repository.#bare]);
    await output('git', ['clone', '-q', repository.#bare, repository.work]);
    await repository.#git('checkout', '-q', '-b', 'main');
    await repository.commit('Start', await repository.#checkout());
    return repository;
  }

  /** Commits to main. @returns the commit, 40 hex digits */
  async commit(message: string, changes: Changes): Promise<string> {
    for (const [name, text] of Object.entries(changes)) {
      const file = path.join(this.work, name);
      if (text === undefined) await rm(file, { force: true });
      else {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
    await this.#git('add', '--all');
    await this.#git('commit', '-q', '-m', message);
    await this.#git('push', '-q', 'origin', 'main');
    return this.head();
  }

  /** The newest commit of main. */
  async head(): Promise<string> {
    return (await this.#git('rev-parse', 'HEAD')).trim();
  }

  /** A file as main has it. */
  read(name: string): Promise<string> {
    return readFile(path.join(this.work, name), 'utf8');
  }

  /** The files of a new tenant, made after those of another one. */
  async tenantFiles(name: string, like: string, cluster = 'in-cluster'): Promise<Changes> {
    const changes: Changes = {};
    const paths = [
      `gitops/apps/${like}.yaml`,
      `gitops/projects/${like}.yaml`,
      `gitops/tenants/${like}-values.yaml`,
    ];
    for (const file of paths) {
      changes[file.replace(like, name)] = (await this.read(file))
        .replaceAll(like, name)
        .replaceAll("name: 'in-cluster'", `name: '${cluster}'`)
        .replace(
          /permitOnlyProjectScopedClusters: .*/,
          `permitOnlyProjectScopedClusters: ${cluster !== 'in-cluster'}`,
        );
    }
    return changes;
  }

  async remove(): Promise<void> {
    await rm(path.dirname(this.#bare), { recursive: true, force: true });
  }

  /** The files that Git tracks below charts and gitops. */
  async #checkout(): Promise<Changes> {
    const listed = await output('git', ['ls-files', '-z', '--', 'charts', 'gitops'], {
      cwd: repositoryRoot,
    });
    const hour = (new Date().getUTCHours() + neverWithinHours) % 24;
    const day = (new Date().getUTCDay() + 3) % 7;
    const changes: Changes = {};
    for (const name of listed.split('\0').filter(Boolean)) {
      const text = await readFile(path.join(repositoryRoot, name), 'utf8').catch(() => undefined);
      changes[name] = text
        ?.replaceAll(publicRepository, this.url)
        .replace(/schedule: '.*'/, `schedule: '0 ${hour} * * ${day}'`);
    }
    return changes;
  }

  #git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Conformance', '-c', 'user.email=conformance@example.com'];
    return output('git', [...identity, ...args], { cwd: this.work });
  }
}
