import type { ReleaseRef } from './ReleaseRef';

/** Thousands of releases are gone through; who shares a namespace rarely changes. Milliseconds. */
const maxAgeMs = 5_000;

/** Whose releases are in each namespace, in a repository of another layout than our own. */
export class NamespaceTenants {
  readonly #refs: () => readonly ReleaseRef[];
  readonly #namespaceOf: (ref: ReleaseRef) => string;
  readonly #now: () => number;
  #known: { at: number; tenants: Map<string, Set<string>> } | undefined;

  constructor(
    refs: () => readonly ReleaseRef[],
    namespaceOf: (ref: ReleaseRef) => string,
    now = Date.now,
  ) {
    this.#refs = refs;
    this.#namespaceOf = namespaceOf;
    this.#now = now;
  }

  /** Whether all releases in a namespace are of one tenant, as far as anybody knows. */
  isOwn(namespace: string, tenant: string): boolean {
    const tenants = this.#tenants().get(namespace);
    return namespace !== '' && tenants?.size === 1 && tenants.has(tenant);
  }

  #tenants(): Map<string, Set<string>> {
    const at = this.#now();
    if (this.#known && at - this.#known.at < maxAgeMs && at >= this.#known.at) {
      return this.#known.tenants;
    }
    const tenants = new Map<string, Set<string>>();
    for (const ref of this.#refs()) {
      const namespace = this.#namespaceOf(ref);
      tenants.set(namespace, (tenants.get(namespace) ?? new Set()).add(ref.tenant));
    }
    this.#known = { at, tenants };
    return tenants;
  }
}
