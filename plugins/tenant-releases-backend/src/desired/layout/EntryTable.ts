import type { DesiredEntry } from '../DesiredEntries';

/** Entries at a head of the branch, by their names. */
export class EntryTable {
  readonly #entries: ReadonlyMap<string, DesiredEntry>;
  readonly #byTenant = new Map<string, DesiredEntry[]>();
  /** What tells whether an entry is what it was. */
  readonly #texts = new WeakMap<DesiredEntry, string>();

  constructor(entries: Iterable<DesiredEntry>) {
    this.#entries = new Map([...entries].map(entry => [EntryTable.keyOf(entry), entry]));
    for (const entry of this.#entries.values()) {
      const others = this.#byTenant.get(entry.tenant);
      if (others) others.push(entry);
      else this.#byTenant.set(entry.tenant, [entry]);
    }
  }

  static keyOf({
    tenant,
    service,
    environment,
  }: Pick<DesiredEntry, 'tenant' | 'service' | 'environment'>): string {
    return [tenant, service, ...(environment === undefined ? [] : [environment])].join('/');
  }

  get(tenant: string, service: string, environment?: string): DesiredEntry | undefined {
    if (environment !== undefined) {
      return this.#entries.get(EntryTable.keyOf({ tenant, service, environment }));
    }
    return this.ofTenant(tenant).find(entry => entry.service === service);
  }

  ofTenant(tenant: string): DesiredEntry[] {
    return this.#byTenant.get(tenant) ?? [];
  }

  all(): DesiredEntry[] {
    return [...this.#entries.values()];
  }

  /** The known entry of that key, when the new one says the same. */
  same(key: string, entry: DesiredEntry): DesiredEntry | undefined {
    const known = this.#entries.get(key);
    return known && this.#textOf(known) === this.#textOf(entry) ? known : undefined;
  }

  /** What is not what it was in an earlier table, and what is no more. */
  since(before: EntryTable): { changed: DesiredEntry[]; gone: DesiredEntry[] } {
    return {
      changed: this.all().filter(entry => before.#entries.get(EntryTable.keyOf(entry)) !== entry),
      gone: before.all().filter(entry => !this.#entries.has(EntryTable.keyOf(entry))),
    };
  }

  /** The head at which it was first seen so is another each time. */
  #textOf(entry: DesiredEntry): string {
    const known = this.#texts.get(entry);
    if (known !== undefined) return known;
    const { head, ...rest } = entry;
    const text = JSON.stringify({ ...rest, head: { ...head, head: undefined } });
    this.#texts.set(entry, text);
    return text;
  }
}
