import { shortenError } from '../../text/shorten';
import { z } from 'zod';

const answeredSchema = z.object({
  status: z.number(),
  response: z.object({ data: z.object({ message: z.string() }).optional().catch(undefined) }),
});

/** What a status most often means for whoever runs the command. */
const cures: Record<number, string> = {
  401: 'GITHUB_TOKEN is not valid there, or no longer',
  403: 'the token needs contents: write and pull-requests: write',
  404: 'the repository is not there, or the token may not see it',
};

/** A call that the Git host refused or did not answer; the message names neither its address nor the token. */
export class GithubError extends Error {
  override name = 'GithubError';

  constructor(message: string, readonly status?: number, options?: ErrorOptions) {
    super(message, options);
  }

  /** A limit that asks for more patience than there is. @param seconds - the wait that it asks for */
  static limited(route: string, seconds: number, cause: unknown): GithubError {
    const { status } = z.object({ status: z.number() }).parse(cause);
    const wait = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
    return new GithubError(
      `The Git host limits how much this token may do (${status} to ${route}): wait ${wait} and run the same command again, which goes on where this one stopped`,
      status,
      { cause },
    );
  }

  /** An answer that is none of GitHub's API: HTML of a proxy or a sign-in page, cut JSON, JSON of something else. */
  static odd(route: string, { issues: [{ path, message }] }: z.ZodError): GithubError {
    const where = path.length > 0 ? path.join('.') : 'its root';
    return new GithubError(
      `The Git host answered ${route} with something else than GitHub's API does (at ${where}: ${message}): see GITHUB_API_URL, and whether a proxy or a sign-in page stands in front of it`,
    );
  }

  /**
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @param cause - octokit's error, which has a status (500) also when there was no answer
   */
  static of(route: string, cause: unknown): GithubError {
    const answered = answeredSchema.safeParse(cause);
    if (!answered.success) {
      return new GithubError(
        `The Git host did not answer ${route}: see GITHUB_API_URL`,
        undefined,
        { cause },
      );
    }
    const { status, response } = answered.data;
    const said = response.data ? `: ${shortenError(response.data.message)}` : '';
    const cure = cures[status] === undefined ? '' : ` (${cures[status]})`;
    return new GithubError(`The Git host answered ${status} to ${route}${said}${cure}`, status, {
      cause,
    });
  }
}
