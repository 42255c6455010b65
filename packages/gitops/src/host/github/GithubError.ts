import { z } from 'zod';
import type { UpstreamError } from '../../http/UpstreamError';
import { shortenError } from '../../text/shorten';

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
const refusalSchema = z.object({ message: z.string() });

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
  static limited(route: string, seconds: number, cause: UpstreamError): GithubError {
    const status = cause.refusal?.status;
    const wait = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
    return new GithubError(
      `The Git host limits how much this token may do (${status} to ${route}): wait ${wait} and run the same command again, which goes on where this one stopped`,
      status,
      { cause },
    );
  }

  /** @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls` */
  static of(route: string, cause: UpstreamError): GithubError {
    if (cause.refusal) {
      const { status, text } = cause.refusal;
      const cure = cures[status] === undefined ? '' : ` (${cures[status]})`;
      return new GithubError(
        `The Git host answered ${status} to ${route}${saidIn(text)}${cure}`,
        status,
        { cause },
      );
    }
    // HTML of a proxy or a sign-in page, cut JSON, JSON of something else.
    const message =
      cause.errorClass === 'bad-answer'
        ? `The Git host answered ${route} with something else than GitHub's API does (${cause.message}): see GITHUB_API_URL, and whether a proxy or a sign-in page stands in front of it`
        : `The Git host did not answer ${route}: see GITHUB_API_URL`;
    return new GithubError(message, undefined, { cause });
  }
}

function saidIn(text: string): string {
  try {
    return `: ${shortenError(refusalSchema.parse(JSON.parse(text)).message)}`;
  } catch {
    // Of a proxy, or of another API.
    return '';
  }
}
