/** Values that are pushed on one side and iterated over on the other, until it is ended. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #wake: () => void = () => undefined;
  #isEnded = false;
  #error: Error | undefined;

  /** @param signal - ends it, as {@link EventQueue.end} does */
  constructor(signal?: AbortSignal) {
    signal?.addEventListener('abort', () => this.end(), { once: true });
    if (signal?.aborted) this.end();
  }

  push(value: T): void {
    this.#waiting.push(value);
    this.#wake();
  }

  /** @param error - what the other side is to throw */
  end(error?: Error): void {
    this.#isEnded = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const value = this.#waiting.shift();
      if (value !== undefined) yield value;
      else if (this.#error) throw this.#error;
      else if (this.#isEnded) return;
      else await new Promise<void>(resolve => (this.#wake = resolve));
    }
  }
}
