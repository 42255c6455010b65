import { createHash } from 'node:crypto';
import path from 'node:path';
import { Logger } from '../log';
import { Checkouts } from './checkouts';
import { GitRepository } from './gitRepository';
import { RepositoryState } from './repositoryState';
import { normalizeRepositoryUrl, resolveRepositoryUrl } from './repositoryUrl';

/** What the settings say about where repositories are. */
export interface RepositoryOptions {
  git: string;
  /** Holds the mirrors (`repositories/`) and the trees (`checkouts/`). Absolute. */
  directory: string;
  forgeUrl: string;
  forgeToken?: string;
  /** Milliseconds between two looks at the remotes. */
  pollInterval: number;
}

/** All repositories that applications name, polled together. */
export class Repositories {
  private readonly states = new Map<string, RepositoryState>();
  private readonly outages = new Set<string>();
  private readonly listeners = new Set<(repository: RepositoryState) => void>();
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(private readonly options: RepositoryOptions, private readonly log: Logger) {}

  /** Calls back when a repository has new commits; returns how to stop that. */
  subscribe(listener: (repository: RepositoryState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The repository that a `repoURL` names. */
  get(repoUrl: string): RepositoryState {
    const url = resolveRepositoryUrl(repoUrl, this.options.forgeUrl);
    const known = this.states.get(url);
    if (known) return known;
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const git = new GitRepository({
      git: this.options.git,
      directory: path.join(this.options.directory, 'repositories', `${name}.git`),
      url,
      token: url.startsWith(this.options.forgeUrl) ? this.options.forgeToken : undefined,
    });
    const trees = path.join(this.options.directory, 'checkouts', name);
    const state = new RepositoryState(url, git, new Checkouts(git, trees));
    this.states.set(url, state);
    return state;
  }

  /** Looks at every known repository whose URL is one of these, or at all of them. */
  async refresh(repoUrls?: string[]): Promise<void> {
    const wanted = repoUrls?.map(url =>
      normalizeRepositoryUrl(resolveRepositoryUrl(url, this.options.forgeUrl)),
    );
    const states = [...this.states.values()].filter(
      state => !wanted || wanted.includes(normalizeRepositoryUrl(state.url)),
    );
    await Promise.all(states.map(state => this.refreshOne(state)));
  }

  private async refreshOne(state: RepositoryState): Promise<void> {
    try {
      const changed = await state.refresh();
      if (this.stopped) return;
      if (this.outages.delete(state.url)) this.log(`repository ${state.url}: reachable again`);
      if (changed) for (const listener of this.listeners) listener(state);
    } catch (error) {
      if (this.stopped || this.outages.has(state.url)) return;
      this.outages.add(state.url);
      this.log(`repository ${state.url}: ${error instanceof Error ? error.message : error}`);
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.refresh().finally(() => this.schedule());
    }, this.options.pollInterval);
  }
}
