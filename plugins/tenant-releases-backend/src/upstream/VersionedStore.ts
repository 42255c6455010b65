/** A change that a watch reported. */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

type Merge<T> = (known: T | undefined, listed: T) => T;

interface Entry<T> {
  value: T;
  version: number;
}

/** Lists older than what is known already that are taken for a lagging replica before they are taken for the truth. */
const toleratedOldLists = 3;

/**
 * Objects of a watched collection, kept by key and never taken back in time: an event or a list that is older than
 * what is known of an object changes nothing, and an object deleted meanwhile does not come back with an old list.
 * Versions are Kubernetes' resourceVersions, which compare as numbers.
 */
export class VersionedStore<T> {
  #entries = new Map<string, Entry<T>>();
  /** Versions at which objects were deleted, until a list is at least as new. */
  #deleted = new Map<string, number>();
  #newest = 0;
  /** Version of the newest list: what is older has been settled by it. */
  #listed = -1;
  #oldLists = 0;

  get(key: string): T | undefined {
    return this.#entries.get(key)?.value;
  }

  values(): T[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  entries(): Array<[string, T]> {
    return [...this.#entries].map(([key, { value }]) => [key, value]);
  }

  /** The newest version seen. */
  get newest(): number {
    return this.#newest;
  }

  /** @returns whether something changed */
  applyEvent(type: WatchEventType, key: string, version: number, value: T): boolean {
    const known = Math.max(
      this.#entries.get(key)?.version ?? this.#listed,
      this.#deleted.get(key) ?? -1,
    );
    // An equal version is the same event once more; only a deletion may carry the version of the object's last state.
    if (version < known || (version === known && type !== 'DELETED')) return false;
    this.#newest = Math.max(this.#newest, version);
    if (type === 'DELETED') {
      this.#deleted.set(key, version);
      return this.#entries.delete(key);
    }
    this.#deleted.delete(key);
    this.#entries.set(key, { value, version });
    return true;
  }

  /** Replaces the value of an object without a change of its version, for example by one with more detail. */
  refine(key: string, value: T): void {
    const entry = this.#entries.get(key);
    if (entry) this.#entries.set(key, { ...entry, value });
  }

  /**
   * Takes over a whole list: what is not in it any more is gone.
   *
   * @param options.newestAtRequest - {@link VersionedStore.newest} when the list was asked for; events may have come since
   * @param options.merge - makes the new value of an object from the known one and the listed one
   * @returns keys of what changed; `undefined` when the list is older than what was known when it was asked for, and
   * another should be asked for
   */
  applyList(
    items: ReadonlyMap<string, T>,
    version: number,
    options: { newestAtRequest: number; merge?: Merge<T> },
  ): string[] | undefined {
    const { newestAtRequest, merge = (_, listed) => listed } = options;
    const isOld = version < newestAtRequest;
    if (isOld) {
      this.#oldLists += 1;
      if (this.#oldLists < toleratedOldLists) return undefined;
      // Again and again older: the upstream was set up anew and counts from the beginning.
      this.#entries = new Map(
        [...this.#entries].map(([key, entry]) => [key, { ...entry, version: -1 }]),
      );
      this.#deleted.clear();
      this.#listed = -1;
    }
    this.#oldLists = 0;
    this.#newest = isOld ? version : Math.max(this.#newest, version);
    return this.#replace(items, version, merge);
  }

  #replace(items: ReadonlyMap<string, T>, version: number, merge: Merge<T>): string[] {
    if (version < this.#listed) return [];
    this.#listed = version;
    const changed: string[] = [];
    for (const [key, { version: known }] of this.#entries) {
      if (!items.has(key) && known <= version) {
        this.#entries.delete(key);
        changed.push(key);
      }
    }
    for (const [key, listed] of items) {
      const known = this.#entries.get(key);
      const isOlder = (known?.version ?? -1) > version || (this.#deleted.get(key) ?? -1) > version;
      if (!isOlder) {
        const value = merge(known?.value, listed);
        if (JSON.stringify(value) !== JSON.stringify(known?.value)) changed.push(key);
        this.#entries.set(key, { value, version });
      }
    }
    for (const [key, deletedAt] of this.#deleted) {
      if (deletedAt <= version) this.#deleted.delete(key);
    }
    return changed;
  }
}
