import type { TenantReleaseResource } from '@internal/plugin-tenant-releases-node';
import type { ChangeHints } from '../upstream/ChangeHints';
import type { TenantResources } from './TenantResources';

/** A tenant that may look different, with what tells who may know: its releases before and now. */
export interface TenantChange {
  tenant: string;
  resources: readonly TenantReleaseResource[];
}

/** Told what may have changed; `all` when it cannot be said which. */
export type ChangesListener = (changes: readonly TenantChange[] | 'all') => void;

/** Streams that can be open at once. */
const maxListeners = 500;
/** Changes within this time are told together. Milliseconds. */
const gatherMs = 150;
/** Beyond this many tenants it is shorter to say that anything may have changed. */
const maxTenants = 500;

/** Tells listeners which tenants may have changed, a few times a second at most. */
export class Broadcaster {
  readonly #listeners = new Set<ChangesListener>();
  #tenants = new Set<string>();
  #isAll = false;
  #timer: NodeJS.Timeout | undefined;

  readonly #resources: TenantResources;

  constructor(sources: readonly ChangeHints[], resources: TenantResources) {
    this.#resources = resources;
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
  subscribe(listener: ChangesListener): (() => void) | undefined {
    if (this.#listeners.size >= maxListeners) return undefined;
    // While nobody listens nothing is noted.
    if (this.#listeners.size === 0) this.#resources.noteAll();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    const isAll = this.#isAll || this.#tenants.size > maxTenants;
    const tenants = this.#tenants;
    this.#tenants = new Set();
    this.#isAll = false;
    this.#timer = undefined;
    if (isAll) {
      this.#resources.noteAll();
      this.#listeners.forEach(listener => listener('all'));
      return;
    }
    const changes = [...tenants].map(tenant => ({
      tenant,
      resources: this.#resources.take(tenant),
    }));
    this.#listeners.forEach(listener => listener(changes));
  }
}
