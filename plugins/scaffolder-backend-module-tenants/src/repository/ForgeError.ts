import type { UpstreamError } from '@internal/gitops';

/** A call that the Git host refused or did not answer; the message names the call, not the host's address. */
export class ForgeError extends Error {
  override name = 'ForgeError';
  /** HTTP status of a refusal; undefined when there was no answer, or none of GitHub's API. */
  readonly status: number | undefined;

  /** @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls` */
  constructor(route: string, cause: UpstreamError) {
    const status = cause.refusal?.status;
    const answered = status === undefined ? 'did not answer' : `answered ${status} to`;
    // Such as a page to sign in.
    const how = cause.errorClass === 'bad-answer' && !status ? " as GitHub's API does" : '';
    super(`The Git host ${answered} ${route}${how}`, { cause });
    this.status = status;
  }
}
