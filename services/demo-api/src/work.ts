import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Gives numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** The longest that `/work?ms=` may ask for, in milliseconds. */
export const longestWork = 2000;

/**
 * A duration as services have them: most are near the median, few take long. 90 % lie within a
 * factor of about 2.2 of the median; nothing exceeds ten times the median.
 *
 * @param medianMilliseconds - half of the durations are shorter
 */
export function logNormalDuration(medianMilliseconds: number, random: Random): number {
  // Box-Muller; 1 - random() is never 0, of which there is no logarithm.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(medianMilliseconds * Math.exp(0.48 * normal), medianMilliseconds * 10);
}

/** Computes for a moment and then waits, for about that many milliseconds in all. */
export async function work(milliseconds: number): Promise<{ digest: string }> {
  let digest = 'work';
  for (let round = 0; round < 100; round++) {
    digest = createHash('sha256').update(digest).digest('hex');
  }
  if (milliseconds > 0) await wait(milliseconds);
  return { digest };
}
