import { setTimeout as delay } from 'node:timers/promises';
import { toUpstreamError, type UpstreamError } from '@internal/gitops';

/** How a {@link RetryLoop} goes on. */
export interface RetryLoopOptions {
  /** One round; answers how many milliseconds to wait before the next one. Ends early when the signal says so. */
  step(signal: AbortSignal): Promise<number>;
  /** A round that failed. The loop goes on by itself. */
  onError(error: UpstreamError): void;
  /** Milliseconds after the first failure, doubled with each further one; default 500. */
  minBackoffMs?: number;
  /** Default 3,000, so that an upstream that is back is noticed within seconds. */
  maxBackoffMs?: number;
  /** An upstream that asks to be left alone is obeyed for at most this long; default 5,000. */
  maxRetryAfterMs?: number;
}

/** Repeats a step until it is stopped; after failures with growing pauses. */
export class RetryLoop {
  readonly #options: RetryLoopOptions;
  #isStopped = true;
  #step = new AbortController();
  #pause = new AbortController();
  #running: Promise<void> | undefined;
  #isWoken = false;

  constructor(options: RetryLoopOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#running = this.#run();
  }

  /** Ends the pause, if there is one; a step that runs is followed by another at once. */
  wake(): void {
    this.#isWoken = true;
    this.#pause.abort();
  }

  /** Gives up the step that runs, without counting it as failed, and begins the next one. */
  restart(): void {
    this.wake();
    this.#step.abort();
  }

  /** Resolves when the step that runs has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.restart();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped) {
      this.#isWoken = false;
      this.#step = new AbortController();
      const { signal } = this.#step;
      let pauseMs = 0;
      try {
        pauseMs = await this.#options.step(signal);
        failures = 0;
      } catch (thrown) {
        if (!signal.aborted) {
          const error = toUpstreamError(thrown);
          this.#options.onError(error);
          pauseMs = this.#pauseAfter(error, failures);
          failures += 1;
        }
      }
      if (!this.#isWoken) await this.#sleep(pauseMs);
    }
  }

  #pauseAfter(error: UpstreamError, failures: number): number {
    const { minBackoffMs = 500, maxBackoffMs = 3_000, maxRetryAfterMs = 5_000 } = this.#options;
    const backoff = Math.min(maxBackoffMs, minBackoffMs * 2 ** failures);
    return Math.max(backoff, Math.min(maxRetryAfterMs, (error.retryAfterSeconds ?? 0) * 1000));
  }

  async #sleep(ms: number): Promise<void> {
    this.#pause = new AbortController();
    // An abort is what ends the pause early.
    await delay(ms, undefined, { signal: this.#pause.signal, ref: false }).catch(() => undefined);
  }
}
