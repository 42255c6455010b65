import type { SourceErrorClass } from '@internal/plugin-tenant-releases-common';

/**
 * An upstream that did not answer as it should. The message is for the log and names no address and no secret; callers
 * of the portal only ever see the class.
 */
export class UpstreamError extends Error {
  constructor(
    readonly errorClass: SourceErrorClass,
    message: string,
    /** Seconds that the upstream wants to be left alone. */
    readonly retryAfterSeconds?: number,
    /** What is wrong and the cure, for everybody who may see the sources; names no address. */
    readonly detail?: string,
  ) {
    super(message);
    this.name = 'UpstreamError';
  }
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

/** The error of an answer's status; undefined for 2xx and 304. */
export function statusError(
  status: number,
  headers: Record<string, string | string[] | undefined>,
): UpstreamError | undefined {
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  const retryAfter = Number(headers['retry-after']);
  const seconds = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined;
  // GitHub answers 403 when the limit is used up: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
  const limited =
    status === 429 || (status === 403 && (seconds || headers['x-ratelimit-remaining'] === '0'));
  if (limited) return new UpstreamError('rate-limited', `answered ${status}`, seconds);
  const message = `answered ${status}`;
  if (status === 401) return new UpstreamError('unauthorized', message);
  if (status === 403) return new UpstreamError('forbidden', message);
  if (status === 404) return new UpstreamError('not-found', message);
  if (status >= 500) return new UpstreamError('server-error', message);
  return new UpstreamError('bad-answer', message);
}
