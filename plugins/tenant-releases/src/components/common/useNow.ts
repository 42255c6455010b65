import { useMemo, useSyncExternalStore } from 'react';
import { serverNow } from '../../api/serverClock';

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

/** Whole seconds: what is drawn at one moment tells one age, also when it is drawn a moment later. */
const second = () => Math.floor(serverNow() / 1_000) * 1_000;

/**
 * Something that follows from the time; the component is drawn again only when it changes.
 *
 * @param select - gets milliseconds since 1970 by the server's clock; must return a string or a number
 */
export function useFromNow<T extends string | number | undefined>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(second()));
}

/**
 * The time by the server's clock, in milliseconds since 1970, in steps.
 *
 * @param step - milliseconds between two values
 */
export function useNow(step = 1_000): number {
  return useFromNow(now => Math.floor(now / step) * step);
}

/**
 * Something that follows from how long ago something was read. The browser's clock has stamped it and may be set
 * meanwhile, so that the seconds since then are counted.
 *
 * @param readAt - milliseconds since 1970 by the browser's clock, as in `dataUpdatedAt`
 * @param select - gets seconds, never less than none
 */
export function useFromAge<T extends string | number>(
  readAt: number,
  select: (seconds: number) => T,
): T {
  const since = useMemo(() => performance.now() - Math.max(0, Date.now() - readAt), [readAt]);
  return useFromNow(() => select(Math.max(0, performance.now() - since) / 1000));
}
