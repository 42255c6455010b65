import type { ChangeHints, ChangeListener } from '../upstream/ChangeHints';

/** Streams that can be open at once. */
const maxListeners = 500;
/** Changes within this time are told together. Milliseconds. */
const gatherMs = 150;
/** Beyond this many tenants it is shorter to say that anything may have changed. */
const maxTenants = 500;

/** Tells listeners which tenants may have changed, a few times a second at most. */
export class Broadcaster {
  readonly #listeners = new Set<ChangeListener>();
  #tenants = new Set<string>();
  #isAll = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(sources: readonly ChangeHints[]) {
    sources.forEach(source => source.subscribe(tenants => this.announce(tenants)));
  }

  /** Passes on that something has changed. */
  announce(tenants: readonly string[] | 'all'): void {
    if (this.#listeners.size === 0) return;
    if (tenants === 'all') this.#isAll = true;
    else tenants.forEach(tenant => this.#tenants.add(tenant));
    this.#timer ??= setTimeout(() => this.#tell(), gatherMs).unref();
  }

  /** @returns a function that ends it; undefined when there are too many listeners already */
  subscribe(listener: ChangeListener): (() => void) | undefined {
    if (this.#listeners.size >= maxListeners) return undefined;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    const isAll = this.#isAll || this.#tenants.size > maxTenants;
    const tenants = isAll ? 'all' : [...this.#tenants];
    this.#tenants = new Set();
    this.#isAll = false;
    this.#timer = undefined;
    this.#listeners.forEach(listener => listener(tenants));
  }
}
