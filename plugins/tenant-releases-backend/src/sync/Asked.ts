import { LRUCache } from 'lru-cache';

/** How an {@link Asked} asks. */
export interface AskedOptions<K, V> {
  /** @throws when there is no answer; it is asked again after a pause */
  ask(subject: K): Promise<V>;
  /** What the answer is about; another text makes it another question. */
  keyOf(subject: K): string;
  /** Whose answers replace each other: until a question is answered, the answer before it is told. Default: nobody's. */
  ownerOf?(subject: K): string;
  /** Told when there is an answer that was not there, or is another. */
  onAnswer(subject: K): void;
  /** Milliseconds for which an answer is not asked for again. */
  freshMs: number;
  /** Milliseconds before a question is asked for the first time: what passes by itself needs no answer. */
  delayMs?: number;
}

/** Questions that may be open at once; who comes later comes again with the next look. */
const maxOpen = 200;
/** Milliseconds until what could not be answered is asked again. */
const retryMs = 10_000;

/**
 * Answers that a look at a release needs and does not wait for: the first look asks, and a later one finds the answer.
 * What is known stays until there is a newer answer.
 */
export class Asked<K, V> {
  readonly #options: AskedOptions<K, V>;
  readonly #known = new LRUCache<string, { value: V; key: string; at: number }>({ max: 20_000 });
  readonly #open = new Set<string>();
  #isStopped = false;

  constructor(options: AskedOptions<K, V>) {
    this.#options = options;
  }

  /** @returns what is known now */
  get(subject: K): V | undefined {
    const key = this.#options.keyOf(subject);
    const known = this.#known.get(this.#ownerOf(subject));
    const isFresh = known?.key === key && Date.now() - known.at < this.#options.freshMs;
    if (!isFresh && !this.#isStopped && !this.#open.has(key) && this.#open.size < maxOpen) {
      this.#open.add(key);
      const { delayMs = 0 } = this.#options;
      if (known || delayMs === 0) this.#ask(key, subject);
      else setTimeout(() => this.#ask(key, subject), delayMs).unref();
    }
    return known?.value;
  }

  /** @returns what is known now; asks nothing */
  known(subject: K): V | undefined {
    return this.#known.get(this.#ownerOf(subject))?.value;
  }

  /** Whether what is known is the answer to this question, not to one before it. */
  isAnswered(subject: K): boolean {
    return this.#known.get(this.#ownerOf(subject))?.key === this.#options.keyOf(subject);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #ask(key: string, subject: K): Promise<void> {
    if (this.#isStopped) return;
    const { ask, onAnswer } = this.#options;
    const owner = this.#ownerOf(subject);
    const at = Date.now();
    try {
      const value = await ask(subject);
      if (this.#isStopped) return;
      this.#open.delete(key);
      const before = this.#known.get(owner);
      // Whoever was asked later has told of a later state.
      if (before && before.at > at) return;
      this.#known.set(owner, { value, key, at });
      if (JSON.stringify(before?.value) !== JSON.stringify(value)) onAnswer(subject);
    } catch {
      // The source's own probe tells of an outage; what is known stays.
      setTimeout(() => this.#open.delete(key), retryMs).unref();
    }
  }

  #ownerOf(subject: K): string {
    const { ownerOf, keyOf } = this.#options;
    return (ownerOf ?? keyOf)(subject);
  }
}
