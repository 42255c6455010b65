/** A change that a watch reported. */
export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** What a store knew when a list was asked for; see {@link VersionedStore.mark}. */
export interface StoreMark {
  /** The newest version seen. */
  newest: number;
  /** How many events had been taken over. */
  events: number;
}

/** How a list is taken over. */
export interface ListOptions<T> {
  /** {@link VersionedStore.mark} of the moment when the list was asked for; events may have come since. */
  asked: StoreMark;
  /**
   * True: the list is the state at exactly its version. False: its objects may be older than its version, though not
   * older than what had been seen when it was asked for.
   */
  isSnapshot: boolean;
  /** The upstream was set up anew and counts from the beginning: versions known so far say nothing any more. */
  isReset?: boolean;
  /** The new value of an object from the known and the listed one; default: the listed one. */
  merge?(known: T | undefined, listed: T): T;
}

interface Entry<T> {
  value: T;
  version: number;
  /** Which event brought it, counted from 1; 0 when a list did. */
  event: number;
}

/** Deletions that are remembered one by one. */
const maxDeletions = 10_000;

/**
 * Objects of a watched collection, kept by key and never taken back in time: an event or a list that is older than
 * what is known of an object changes nothing, and an object deleted meanwhile does not come back with an old list.
 * Versions are Kubernetes' resourceVersions, which compare as numbers.
 */
export class VersionedStore<T> {
  readonly #entries = new Map<string, Entry<T>>();
  /** Deletions until a list is at least as new. */
  readonly #deleted = new Map<string, Omit<Entry<T>, 'value'>>();
  readonly #maxDeletions: number;
  readonly #groupsOf: (value: T) => readonly string[];
  /** Keys of the objects in each group. */
  readonly #groups = new Map<string, Set<string>>();
  #newest = 0;
  /** What is older of an object that is not known has been settled: by a list, or by a deletion long ago. */
  #settled = -1;
  #events = 0;
  #isDoubtful = false;
  /** Versions that the last list may hold or not. */
  #uncertain: { from: number; to: number } | undefined;

  /** @param options.groupsOf - groups that a value is in, so that a group is found without a look at the others */
  constructor(options: { maxDeletions?: number; groupsOf?(value: T): readonly string[] } = {}) {
    this.#maxDeletions = options.maxDeletions ?? maxDeletions;
    this.#groupsOf = options.groupsOf ?? (() => []);
  }

  get(key: string): T | undefined {
    return this.#entries.get(key)?.value;
  }

  /** The objects of a group. */
  group(name: string): T[] {
    const keys = this.#groups.get(name);
    return keys ? [...keys].flatMap(key => this.get(key) ?? []) : [];
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

  /** How many deletions are remembered. */
  get deletions(): number {
    return this.#deleted.size;
  }

  /** To be taken when a list is asked for. */
  mark(): StoreMark {
    return { newest: this.#newest, events: this.#events };
  }

  /**
   * Whether something was left out since the last call that may have been newer than what is known, so that another
   * list should tell.
   */
  takeDoubt(): boolean {
    const isDoubtful = this.#isDoubtful;
    this.#isDoubtful = false;
    return isDoubtful;
  }

  /** @returns whether something changed */
  applyEvent(type: WatchEventType, key: string, version: number, value: T | undefined): boolean {
    const entry = this.#entries.get(key);
    const known = Math.max(entry?.version ?? this.#settled, this.#deleted.get(key)?.version ?? -1);
    // An equal version is the same event once more; only a deletion may carry the version of the object's last state.
    if (version < known || (version === known && type !== 'DELETED')) {
      const listed = entry ? entry.event === 0 : !this.#deleted.has(key);
      if (listed && this.#isUncertain(type, version, entry !== undefined)) this.#isDoubtful = true;
      return false;
    }
    this.#newest = Math.max(this.#newest, version);
    this.#events += 1;
    if (type === 'DELETED' || value === undefined) {
      this.#forget(key, { version, event: this.#events });
      return this.#remove(key);
    }
    this.#deleted.delete(key);
    this.#put(key, { value, version, event: this.#events });
    return true;
  }

  /**
   * Replaces the value of an object by one with more detail, asked for when it was `known`.
   *
   * @param version - of the detailed value, if it has one
   * @returns whether it was taken over: what has changed meanwhile stays
   */
  refine(key: string, known: T, value: T, version = -1): boolean {
    const entry = this.#entries.get(key);
    if (!entry || (entry.value !== known && version < entry.version)) return false;
    const isNewer = version > entry.version;
    if (isNewer) this.#events += 1;
    this.#newest = Math.max(this.#newest, version);
    this.#put(key, {
      value,
      version: Math.max(entry.version, version),
      event: isNewer ? this.#events : entry.event,
    });
    return true;
  }

  /**
   * Takes over a whole list: what is not in it any more is gone.
   *
   * @returns keys of what changed; `undefined` when the list is older than what was known when it was asked for, and
   * another should be asked for
   */
  applyList(
    items: ReadonlyMap<string, T>,
    version: number,
    options: ListOptions<T>,
  ): string[] | undefined {
    if (options.isReset) this.#restart(version);
    else if (version < options.asked.newest || version < this.#settled) return undefined;
    else if (!options.isSnapshot && this.bringsBack(items, version)) return undefined;
    this.#newest = Math.max(this.#newest, version);
    this.#uncertain = options.isSnapshot ? undefined : { from: options.asked.newest, to: version };
    const changed = [
      ...this.#sweep(items, version, options),
      ...this.#take(items, version, options),
    ];
    this.#settled = version;
    for (const [key, deletion] of this.#deleted) {
      const isSettled = options.isSnapshot
        ? deletion.version <= version
        : deletion.version < version;
      if (isSettled) this.#deleted.delete(key);
    }
    return changed;
  }

  #put(key: string, entry: Entry<T>): void {
    const before = this.#entries.get(key);
    this.#entries.set(key, entry);
    if (before?.value === entry.value) return;
    if (before) this.#leaveGroups(key, before.value);
    for (const name of this.#groupsOf(entry.value)) {
      const group = this.#groups.get(name);
      if (group) group.add(key);
      else this.#groups.set(name, new Set([key]));
    }
  }

  #remove(key: string): boolean {
    const before = this.#entries.get(key);
    if (before) this.#leaveGroups(key, before.value);
    return this.#entries.delete(key);
  }

  #leaveGroups(key: string, value: T): void {
    for (const name of this.#groupsOf(value)) {
      const group = this.#groups.get(name);
      group?.delete(key);
      if (group?.size === 0) this.#groups.delete(name);
    }
  }

  /**
   * Whether a list still holds an object that is known to be deleted. A deletion may carry the version of the object's last
   * state: then a list of the same version is from before it.
   */
  bringsBack(items: ReadonlyMap<string, T>, version: number): boolean {
    for (const [key, deletion] of this.#deleted) {
      if (deletion.version >= version && items.has(key) && !this.#entries.has(key)) return true;
    }
    return false;
  }

  #isUncertain(type: WatchEventType, version: number, isKnown: boolean): boolean {
    if (!this.#uncertain) return false;
    const { from, to } = this.#uncertain;
    // The version of a listed object's last state is not known: its deletion may carry that.
    return (version > from && version <= to) || (type === 'DELETED' && isKnown);
  }

  #sweep(items: ReadonlyMap<string, T>, version: number, options: ListOptions<T>): string[] {
    const gone: string[] = [];
    for (const [key, entry] of this.#entries) {
      if (!items.has(key) && !this.#isNewer(entry, version, options)) {
        this.#remove(key);
        gone.push(key);
      }
    }
    return gone;
  }

  #take(items: ReadonlyMap<string, T>, version: number, options: ListOptions<T>): string[] {
    const changed: string[] = [];
    for (const [key, listed] of items) {
      const known = this.#entries.get(key);
      const last = known ?? this.#deleted.get(key);
      if (!last || !this.#isNewer(last, version, options)) {
        const value = options.merge ? options.merge(known?.value, listed) : listed;
        if (JSON.stringify(value) !== JSON.stringify(known?.value)) changed.push(key);
        this.#put(key, { value, version, event: 0 });
      }
    }
    return changed;
  }

  /** Whether what an event brought is, or may be, newer than a list. */
  #isNewer(
    { version: known, event }: Omit<Entry<T>, 'value'>,
    version: number,
    { isSnapshot, asked }: ListOptions<T>,
  ): boolean {
    if (isSnapshot) return known > version;
    const isSince = event > asked.events;
    if (isSince && known <= version) this.#isDoubtful = true;
    return isSince;
  }

  #forget(key: string, deletion: Omit<Entry<T>, 'value'>): void {
    this.#deleted.delete(key);
    this.#deleted.set(key, deletion);
    const [oldest] = this.#deleted;
    if (this.#deleted.size > this.#maxDeletions && oldest) {
      this.#deleted.delete(oldest[0]);
      this.#settled = Math.max(this.#settled, oldest[1].version);
    }
  }

  /** Events that were counted anew and came before the list have been refused. */
  #restart(version: number): void {
    for (const [key, entry] of this.#entries) {
      this.#entries.set(key, { ...entry, version: -1, event: 0 });
    }
    this.#deleted.clear();
    this.#settled = -1;
    this.#newest = version;
    this.#isDoubtful = true;
  }
}
