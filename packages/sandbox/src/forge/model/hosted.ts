import type { Repository } from '../repository';
import type { BranchUpdate, ForgeEvent, PullUpdate } from './events';
import { Exclusive, type StateFile } from './store';
import type { PullRequest, RepositoryState } from './types';

/** Who owns every repository of the embedded forge. */
export const owner = 'acme';

/** The branch that every repository starts with. */
export const defaultBranch = 'main';

/** What can be done while nobody else changes the repository. */
export class Change {
  constructor(
    readonly repository: HostedRepository,
    private readonly file: StateFile,
    private readonly events: ForgeEvent[],
  ) {}

  get git(): Repository {
    return this.repository.git;
  }

  get state(): RepositoryState {
    return this.file.state;
  }

  /** A number that no other thing of this repository has. */
  nextId(): number {
    this.state.nextId += 1;
    return this.state.nextId - 1;
  }

  /** Writes the state now, before the next step. */
  save(): Promise<void> {
    return this.file.save();
  }

  /** Tells about a pull request when the change is done. */
  tellPull(action: PullUpdate['action'], pull: PullRequest, actor: string): void {
    this.events.push({
      type: 'pull_request',
      repository: this.repository.name,
      action,
      pull: structuredClone(pull),
      actor,
    });
  }

  /** Tells about a branch when the change is done. */
  tellPush(update: Omit<BranchUpdate, 'type' | 'repository'>): void {
    this.events.push({ type: 'push', repository: this.repository.name, ...update });
  }
}

/**
 * A repository with what the forge knows about it. Everything that changes it goes through
 * {@link HostedRepository.change}, so that Git and the state cannot drift apart.
 */
export class HostedRepository {
  private readonly exclusive = new Exclusive();

  constructor(
    readonly name: string,
    readonly git: Repository,
    private readonly file: StateFile,
    private readonly tell: (event: ForgeEvent) => void,
  ) {}

  /** `owner/name`. */
  get fullName(): string {
    return `${owner}/${this.name}`;
  }

  /** The state; read only outside of {@link HostedRepository.change}. */
  get state(): RepositoryState {
    return this.file.state;
  }

  /**
   * Changes the repository, one at a time. The state is written before anybody hears of it, also when
   * `work` fails half way, because what it did to Git by then stays done.
   */
  async change<T>(work: (change: Change) => Promise<T>): Promise<T> {
    return this.exclusive.run(async () => {
      const events: ForgeEvent[] = [];
      try {
        return await work(new Change(this, this.file, events));
      } finally {
        await this.file.save();
        events.forEach(this.tell);
      }
    });
  }
}
