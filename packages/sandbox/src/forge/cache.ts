/** Remembers the answers to questions whose answer never changes; the least recently used ones go first. */
export class ImmutableCache<T> {
  private readonly entries = new Map<string, Promise<T>>();

  constructor(private readonly limit: number) {}

  /** The remembered answer, or a new one. A failure is not remembered. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    const value = known ?? load();
    this.entries.delete(key);
    this.entries.set(key, value);
    if (!known) {
      value.catch(() => this.entries.delete(key));
      if (this.entries.size > this.limit) {
        this.entries.delete(this.entries.keys().next().value ?? '');
      }
    }
    return value;
  }
}
