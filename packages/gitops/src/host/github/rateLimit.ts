import { z } from 'zod';

const limitedSchema = z.object({
  status: z.union([z.literal(403), z.literal(429)]),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }),
});

/** The wait where the host does not say how long. Seconds. */
const shortestWait = 60;

/**
 * How long the host wants its caller to wait, in seconds; `undefined` when an error is none of a limit. A 403 without a
 * limit is a missing right, for which waiting is no cure.
 *
 * @param error - of octokit
 * @param earlier - refusals in a row before this one: without a time of the host the wait doubles
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
export function secondsToWait(error: unknown, now: Date, earlier = 0): number | undefined {
  const parsed = limitedSchema.safeParse(error);
  if (!parsed.success) return undefined;
  const { status, message, response } = parsed.data;
  const seconds = (name: string) => {
    const text = String(response.headers[name] ?? '').trim();
    return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  };
  const after = seconds('retry-after');
  if (after !== undefined) return after;
  const reset = seconds('x-ratelimit-reset');
  if (seconds('x-ratelimit-remaining') === 0 && reset !== undefined) {
    // One more, so that the call comes after the reset also when the clocks differ a little.
    return Math.max(Math.ceil(reset - now.getTime() / 1000) + 1, 1);
  }
  const isLimit = status === 429 || /\b(secondary rate|rate limit|abuse)/i.test(message);
  return isLimit ? shortestWait * 2 ** earlier : undefined;
}
