import type { DesiredEntry } from './DesiredEntries';

/** One release that several repositories name: nobody knows which of them is meant. */
export interface RepositoryConflict
  extends Pick<DesiredEntry, 'tenant' | 'service' | 'environment'> {
  /** What each says, in the order of the repositories; two at least. */
  entries: readonly DesiredEntry[];
}

/** The entries of several repositories, as they are at one moment. */
export class FleetTable {
  /** Those that one repository names. */
  readonly all: DesiredEntry[];
  readonly conflicts: readonly RepositoryConflict[];
  readonly #generations: readonly object[];
  readonly #byTenant = new Map<string, DesiredEntry[]>();

  /** @param generations - what each list is of */
  constructor(generations: readonly object[], lists: ReadonlyArray<readonly DesiredEntry[]>) {
    this.#generations = generations;
    const found = new Map<string, DesiredEntry[]>();
    for (const entry of lists.flat()) {
      const key = [entry.tenant, entry.service, entry.environment].join('\n');
      const others = found.get(key);
      if (others) others.push(entry);
      else found.set(key, [entry]);
    }
    const groups = [...found.values()];
    this.all = groups.flatMap(([entry, ...others]) => (others.length === 0 ? [entry] : []));
    this.conflicts = groups.flatMap(entries => {
      const [{ tenant, service, environment }, ...others] = entries;
      if (others.length === 0) return [];
      return { tenant, service, ...(environment === undefined ? {} : { environment }), entries };
    });
    for (const entry of this.all) {
      const others = this.#byTenant.get(entry.tenant);
      if (others) others.push(entry);
      else this.#byTenant.set(entry.tenant, [entry]);
    }
  }

  /** Whether nothing has come, gone or changed since. */
  isOf(generations: readonly object[]): boolean {
    return this.#generations.every((one, index) => one === generations[index]);
  }

  ofTenant(tenant: string): DesiredEntry[] {
    return this.#byTenant.get(tenant) ?? [];
  }
}
