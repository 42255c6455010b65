import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryMove } from '@internal/gitops';

/** Tells of a repository that was renamed or transferred, once in the log. */
export class MoveNotice {
  readonly #logger: LoggerService;
  #detail: string | undefined;

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /** What to do about it; undefined while it has not moved. */
  get detail(): string | undefined {
    return this.#detail;
  }

  /** To be called with what each poll has found. */
  note(move: RepositoryMove | undefined): void {
    const before = this.#detail;
    this.#detail = move && detailOf(move);
    if (this.#detail && this.#detail !== before) this.#logger.warn(this.#detail);
  }
}

function detailOf({ to }: RepositoryMove): string {
  const setting = 'set tenantReleases.gitops.repository';
  return to
    ? `The repository is now ${to}: ${setting} to its new address`
    : `The repository was moved: ${setting} to its new address`;
}
