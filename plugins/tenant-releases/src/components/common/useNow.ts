import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all: a table of two hundred times needs no two hundred timers. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach(call => call()), 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * Something that follows from the time; the component is drawn again only when it changes.
 *
 * @param select - gets milliseconds since 1970; must return a string or a number
 */
export function useFromNow<T extends string | number | undefined>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(Date.now()));
}

/**
 * The time, in milliseconds since 1970, in steps.
 *
 * @param step - milliseconds between two values
 */
export function useNow(step = 1_000): number {
  return useFromNow(now => Math.floor(now / step) * step);
}
