import { GithubError } from '@internal/gitops';

/** A call that the Git host refused or did not answer; the message names the call, not the host's address. */
export class ForgeError extends Error {
  override name = 'ForgeError';
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  /**
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @param cause - whose words are for who runs a command, not for the form
   */
  constructor(route: string, cause: unknown) {
    const status = cause instanceof GithubError ? cause.status : undefined;
    super(`The Git host ${status ? `answered ${status} to` : 'did not answer'} ${route}`, {
      cause,
    });
    this.status = status;
  }
}
