/** More answers than these are not remembered. */
const most = 10_000;

interface Kept<T> {
  until: number;
  answer: Promise<T>;
}

/** Answers that are used again for a while: who asks in the meantime waits for the same one. A failure is not kept. */
export class Recent<T> {
  readonly #keptMs: (answer: T) => number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept<T>>();

  /**
   * @param keptMs - how long an answer is used after it was asked for, in milliseconds
   * @param now - milliseconds since the epoch
   */
  constructor(keptMs: (answer: T) => number, now: () => number) {
    this.#keptMs = keptMs;
    this.#now = now;
  }

  /** @throws what `ask` fails with */
  async get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known && known.until > this.#now()) return known.answer;
    const askedAt = this.#now();
    const asked: Kept<T> = { until: Infinity, answer: ask() };
    this.#remember(key, asked);
    try {
      const answer = await asked.answer;
      asked.until = askedAt + this.#keptMs(answer);
      return answer;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #remember(key: string, asked: Kept<T>): void {
    if (this.#kept.size >= most) {
      const now = this.#now();
      for (const [other, { until }] of this.#kept) if (until <= now) this.#kept.delete(other);
    }
    if (this.#kept.size < most) this.#kept.set(key, asked);
  }
}
