/** Contents that one connection brings: a viewer whose contents are not among them waits no longer than for one of these. */
const atOnce = 4_000;

/** Brings contents over before anybody asks for them, a part at a time; those that somebody waits for come with the next one. */
export class ContentsAhead {
  readonly #bringOver: (names: readonly string[]) => Promise<void>;
  #left = new Set<string>();
  #wanted = new Set<string>();
  #part: Promise<void> = Promise.resolve();

  /** @param bringOver - brings contents over by their names, together */
  constructor(bringOver: (names: readonly string[]) => Promise<void>) {
    this.#bringOver = bringOver;
  }

  /**
   * Brings these over, and nothing that was left of others. When it fails nothing is left, so that each is asked for when it
   * is needed.
   */
  async bring(names: readonly string[]): Promise<void> {
    this.#left = new Set(names);
    try {
      while (this.#left.size > 0) {
        const part = this.#next();
        this.#part = this.#bringOver(part);
        await this.#part;
        for (const name of part) this.#left.delete(name);
      }
    } finally {
      this.#left.clear();
      this.#wanted.clear();
    }
  }

  /** Waits until none of these is left to be brought over; does not tell whether that failed. */
  async settled(names: readonly string[]): Promise<void> {
    for (;;) {
      const waiting = names.filter(name => this.#left.has(name));
      if (waiting.length === 0) return;
      for (const name of waiting) this.#wanted.add(name);
      await this.#part.catch(() => undefined);
    }
  }

  #next(): string[] {
    const part = [...this.#wanted].filter(name => this.#left.has(name)).slice(0, atOnce);
    this.#wanted.clear();
    const chosen = new Set(part);
    for (const name of this.#left) {
      if (chosen.size >= atOnce) break;
      chosen.add(name);
    }
    return [...chosen];
  }
}
