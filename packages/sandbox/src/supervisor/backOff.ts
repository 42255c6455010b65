/** Pauses between starts of a process that keeps dying. */
export interface BackOff {
  /** Says that the process came up. */
  started(): void;
  /** Milliseconds to wait before the next start. */
  nextMs(): number;
}

/**
 * Pauses that double from 250 ms to 15 s, and begin anew once the process stayed up for half a minute.
 * @param now - the clock in milliseconds
 */
export function backOff(now: () => number = Date.now): BackOff {
  const firstMs = 250;
  const longestMs = 15_000;
  const stableMs = 30_000;
  let pauseMs = firstMs;
  let startedAt: number | undefined;
  return {
    started: () => {
      startedAt = now();
    },
    nextMs: () => {
      if (startedAt !== undefined && now() - startedAt >= stableMs) pauseMs = firstMs;
      startedAt = undefined;
      const current = pauseMs;
      pauseMs = Math.min(pauseMs * 2, longestMs);
      return current;
    },
  };
}
