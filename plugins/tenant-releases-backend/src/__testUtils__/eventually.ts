import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Reads a value again and again until it is the expected one.
 *
 * @returns the value read last: assert on it, so that a failure shows what it was
 */
export async function eventually<T>(
  read: () => T | Promise<T>,
  expected: T,
  timeoutMs = 8_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isDeepStrictEqual(value, expected) || Date.now() > deadline) return value;
    await delay(20);
  }
}
