/** A signal that ends with another one, or after a silence. */
export interface SilenceSignal {
  signal: AbortSignal;
  /** Something was heard: the silence begins anew. */
  postpone(): void;
  /** Leaves no timer behind. */
  end(): void;
}

/**
 * Makes a {@link SilenceSignal}.
 *
 * @param outer - ends the new signal too
 * @param milliseconds - how long a silence may last
 */
export function createSilenceSignal(outer: AbortSignal, milliseconds: number): SilenceSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, milliseconds);
  outer.addEventListener('abort', abort);
  if (outer.aborted) abort();
  return {
    signal: controller.signal,
    postpone() {
      clearTimeout(timer);
      timer = setTimeout(abort, milliseconds);
    },
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
