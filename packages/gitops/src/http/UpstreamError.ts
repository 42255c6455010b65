import type { SourceErrorClass } from '@internal/plugin-tenant-releases-common';

/**
 * An upstream that did not answer as it should. The message is for the log and names no address and no secret; callers
 * of the portal only ever see the class.
 */
export class UpstreamError extends Error {
  readonly #refusal: UpstreamRefusal | undefined;

  constructor(
    readonly errorClass: SourceErrorClass,
    message: string,
    /** Seconds that the upstream wants to be left alone. */
    readonly retryAfterSeconds?: number,
    /** What is wrong and the cure, for everybody who may see the sources; names no address. */
    readonly detail?: string,
    refusal?: UpstreamRefusal,
  ) {
    super(message);
    this.name = 'UpstreamError';
    this.#refusal = refusal;
  }

  /** The answer, when the upstream gave one with a status that says no. A getter, so that no log writes it out. */
  get refusal(): UpstreamRefusal | undefined {
    return this.#refusal;
  }
}

/** An upstream that answered JSON of another shape than expected: it is there, and this one answer is odd. */
export class OddAnswerError extends UpstreamError {
  constructor(message: string) {
    super('bad-answer', message);
  }
}

/** What an upstream says when it refuses. To decide by, never to show: it may name addresses. */
export interface UpstreamRefusal {
  status: number;
  /** The first 10,000 characters of the body. */
  text: string;
}

/** Whatever was thrown, as an {@link UpstreamError}; a mistake of our own stays recognisable by its message. */
export function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
    return new UpstreamError('timeout', 'no answer in time');
  }
  if (code !== undefined) return new UpstreamError('unreachable', `connection failed: ${code}`);
  return new UpstreamError('bad-answer', message ?? String(error));
}

/**
 * GitHub answers 403 both for a missing right and for a limit, whose times it does not always say; then the message tells.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
const limitWords = /\b(secondary rate|rate limit|abuse detection)/i;
/** GitHub's limits are of an hour. Seconds. */
const maxRetryAfter = 3_600;

/**
 * The error of an answer's status; undefined for 2xx and 304.
 *
 * @param untoldSeconds - the wait for an upstream that limits its callers and does not say how long
 */
export function statusError(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  body = '',
  untoldSeconds?: number,
): UpstreamError | undefined {
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  const seconds = untilAllowed(headers);
  const isLimit =
    seconds !== undefined || headers['x-ratelimit-remaining'] === '0' || limitWords.test(body);
  const refuse = (errorClass: SourceErrorClass, retryAfterSeconds?: number) =>
    new UpstreamError(errorClass, `answered ${status}`, retryAfterSeconds, undefined, {
      status,
      text: body.slice(0, 10_000),
    });
  if (status === 429 || (status === 403 && isLimit)) {
    return refuse('rate-limited', seconds ?? untoldSeconds);
  }
  if (status === 401) return refuse('unauthorized');
  if (status === 403) return refuse('forbidden');
  if (status === 404) return refuse('not-found');
  if (status >= 500) return refuse('server-error');
  return refuse('bad-answer');
}

/** Seconds that the upstream wants to be left alone, where it says so. */
function untilAllowed(headers: Record<string, string | string[] | undefined>): number | undefined {
  const retryAfter = Number(headers['retry-after']);
  const seconds = retryAfter > 0 && Number.isFinite(retryAfter) ? retryAfter : untilReset(headers);
  return seconds && Math.min(seconds, maxRetryAfter);
}

/** Seconds until GitHub's limit, which is used up, is full again. */
function untilReset(headers: Record<string, string | string[] | undefined>): number | undefined {
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  const seconds = Math.ceil(Number(headers['x-ratelimit-reset']) - Date.now() / 1000);
  // One more, so that the next request comes after the reset also when the clocks differ a little.
  return seconds > 0 ? seconds + 1 : undefined;
}
