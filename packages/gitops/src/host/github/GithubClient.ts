import { setTimeout as sleep } from 'node:timers/promises';
import { Octokit } from 'octokit';
import { GithubError } from './GithubError';
import { secondsToWait } from './rateLimit';

/** How a host is reached. */
export interface GithubConnection {
  /** Root of the REST API, without a slash at the end. */
  apiUrl: string;
  token: string;
  /** Whether to pause between writes, as GitHub asks for (a second, three for what notifies people); true by default. */
  throttle?: boolean;
  /** How long all waits for the host's limits may take together, in seconds; five minutes by default. */
  patience?: number;
  /** Whether a call that the host did not answer, or not for a reason of the call's, is made again; true by default. */
  retry?: boolean;
  /** How long one attempt may take; half a minute by default. Milliseconds. */
  callTimeout?: number;
}

/** A call that is refused for a limit this often is given up. */
const maxAttempts = 4;

/** One way to a Git host's REST API: bounded calls, which wait when the host says that there were too many. */
export class GithubClient {
  readonly #octokit: Octokit;
  #patience: number;

  constructor({
    apiUrl,
    token,
    throttle = true,
    patience = 300,
    retry = true,
    callTimeout = 30_000,
  }: GithubConnection) {
    this.#patience = patience;
    this.#octokit = new Octokit({
      baseUrl: apiUrl,
      auth: token,
      // Its lines name addresses and headers; what matters is in the errors.
      log: { debug() {}, info() {}, warn() {}, error() {} },
      // Its pauses between writes are kept. Limits are waited for below: this version of it knows no 429, and has no bound.
      throttle: {
        enabled: throttle,
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
      retry: { enabled: retry, doNotRetry: [400, 401, 403, 404, 422, 429, 451] },
      // A time for each attempt: pauses and waits between them are not the host's.
      request: {
        fetch: (url: string, init: RequestInit) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(callTimeout) }),
      },
    });
  }

  /**
   * Calls the API.
   *
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @throws GithubError
   */
  async call(route: string, parameters: Record<string, unknown>): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.#octokit.request(route, parameters)).data;
      } catch (error) {
        const seconds = secondsToWait(error, new Date(), attempt - 1);
        if (seconds === undefined) throw GithubError.of(route, error);
        if (attempt === maxAttempts || seconds > this.#patience) {
          throw GithubError.limited(route, seconds, error);
        }
        this.#patience -= seconds;
        await sleep(seconds * 1000);
      }
    }
  }
}
