import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again every half second until the answer is there.
 * @param seconds - how long
 * @throws the last failure
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  seconds: number,
  what = 'it',
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`${what} did not come true within ${seconds} s`, { cause: error });
      }
    }
    await sleep(500);
  }
}
