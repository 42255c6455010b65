import { z } from 'zod';

const answeredSchema = z.object({ status: z.number(), response: z.object({}) });

/** A call that the Git host refused or did not answer; the message names the call, not the host's address. */
export class ForgeError extends Error {
  override name = 'ForgeError';
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  /**
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @param cause - octokit's error, which has a status (500) also when there was no answer
   */
  constructor(route: string, cause: unknown) {
    const answered = answeredSchema.safeParse(cause);
    const status = answered.success ? answered.data.status : undefined;
    super(`The Git host ${status ? `answered ${status} to` : 'did not answer'} ${route}`, {
      cause,
    });
    this.status = status;
  }
}
