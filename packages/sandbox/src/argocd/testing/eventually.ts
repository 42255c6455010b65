import { setTimeout as sleep } from 'node:timers/promises';

/** Tries an assertion again and again until it holds. @param timeout - milliseconds. */
export async function eventually<T>(check: () => T | Promise<T>, timeout = 8_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(20);
    }
  }
}
