/** Told which tenants may look different now; `all` when it cannot be said which. */
export type ChangeListener = (tenants: readonly string[] | 'all') => void;

/** Passes on that something about tenants has changed, never what. */
export class ChangeHints {
  readonly #listeners = new Set<ChangeListener>();

  /** @returns a function that ends it */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(tenants: readonly string[]): void {
    if (tenants.length > 0) this.#listeners.forEach(listener => listener(tenants));
  }

  emitAll(): void {
    this.#listeners.forEach(listener => listener('all'));
  }
}
