import { NotFoundError } from '@backstage/errors';

/**
 * To the caller a release that is not there. Only the audit log learns whether there is one that the caller may not read.
 */
export class HiddenReleaseError extends NotFoundError {
  readonly #exists: boolean;

  constructor(exists: boolean) {
    super('No such release');
    this.#exists = exists;
  }

  /** Whether the release is there, but not for this caller. */
  get exists(): boolean {
    return this.#exists;
  }
}
