import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '@internal/gitops';

/** Milliseconds after which what is known must do: the portal answers within two seconds. */
export const answerMs = 1_700;

/**
 * The answer of a promise, if it comes before a point in time.
 *
 * @param until - milliseconds since the epoch
 * @throws UpstreamError of class `timeout`
 */
export async function inTime<T>(promise: Promise<T>, until: number): Promise<T> {
  const answered = new AbortController();
  const expiry = delay(Math.max(0, until - Date.now()), undefined, {
    signal: answered.signal,
  }).then(() => {
    throw new UpstreamError('timeout', 'no answer in time');
  });
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    answered.abort();
    // Whoever comes second is of no interest any more.
    expiry.catch(() => undefined);
    promise.catch(() => undefined);
  }
}
