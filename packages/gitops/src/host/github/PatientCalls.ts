import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { toUpstreamError } from '../../http/UpstreamError';
import { GithubClient } from './GithubClient';
import { GithubError } from './GithubError';

/** How a host is reached by a command. */
export interface GithubConnection {
  /** Root of the REST API, without a slash at the end. */
  apiUrl: string;
  /** Asked for each time, since the token of a GitHub App lives for an hour. */
  headers(): Promise<Record<string, string>>;
  /** Whether to pause between writes, as GitHub asks for (a second, three for what notifies people); true by default. */
  throttle?: boolean;
  /** How long all waits for the host's limits may take together, in seconds; five minutes by default. */
  patience?: number;
}

/** How long one attempt may take: pauses and waits between them are not the host's. Milliseconds. */
const timeoutMs = 30_000;
/** A call that is refused for a limit this often is given up. */
const maxRefusals = 4;
/** A call that was not answered, or not for a reason of the call's, is made again this often, after 1, 4 and 9 seconds. */
const maxRetries = 3;
const passing: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'server-error']);
/**
 * The wait where the host does not say how long; it doubles. Seconds.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
const shortestWait = 60;
/** @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests */
const pauses = { write: 1_000, notification: 3_000 };
const notifies = /^POST \S+\/(pulls|comments)$/;

/** Calls of a command, which can wait: when the host says that there were too many, and while it does not answer. */
export class PatientCalls {
  readonly #client: GithubClient;
  readonly #throttle: boolean;
  #patience: number;
  #nextWriteAt = -Infinity;

  constructor({ apiUrl, headers, throttle = true, patience = 300 }: GithubConnection) {
    this.#client = new GithubClient({ apiUrl, headers });
    this.#throttle = throttle;
    this.#patience = patience;
  }

  /**
   * Calls the API.
   *
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @throws GithubError
   */
  async call<T>(
    route: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    let refusals = 0;
    let retries = 0;
    for (;;) {
      await this.#pause(route);
      try {
        return await this.#client.call(route, parameters, schema, { timeoutMs });
      } catch (thrown) {
        const error = toUpstreamError(thrown);
        if (error.errorClass === 'rate-limited') {
          const seconds = error.retryAfterSeconds ?? shortestWait * 2 ** refusals;
          refusals += 1;
          if (refusals === maxRefusals || seconds > this.#patience) {
            throw GithubError.limited(route, seconds, error);
          }
          this.#patience -= seconds;
          await sleep(seconds * 1000);
        } else if (passing.has(error.errorClass) && retries < maxRetries) {
          retries += 1;
          await sleep(retries ** 2 * 1000);
        } else {
          throw GithubError.of(route, error);
        }
      }
    }
  }

  /** Writes come one after another, also of callers that do not wait for each other. */
  async #pause(route: string): Promise<void> {
    if (!this.#throttle || route.startsWith('GET ')) return;
    const now = performance.now();
    const at = Math.max(now, this.#nextWriteAt);
    this.#nextWriteAt = at + (notifies.test(route) ? pauses.notification : pauses.write);
    if (at > now) await sleep(at - now);
  }
}
