import type { ChangeHints } from '../upstream/ChangeHints';

/** Some of what a release says depends on the time of day: ages, grace periods. Milliseconds. */
const maxAgeMs = 1_000;

/**
 * What was worked out for releases a moment ago. For thousands of them that takes longer than all the rest of a list; many
 * viewers and filters look at the same ones.
 */
export class BriefCache<T> {
  readonly #now: () => number;
  readonly #known = new Map<string, Map<string, { value: T; at: number }>>();

  /** @param hints - which tenants may look different now */
  constructor(hints: ChangeHints[], now = Date.now) {
    this.#now = now;
    for (const hint of hints) {
      hint.subscribe(tenants => {
        if (tenants === 'all') this.#known.clear();
        else tenants.forEach(tenant => this.#known.delete(tenant));
      });
    }
  }

  /** The value for that tenant, service and environment, made anew when it may be another. */
  get(ref: { tenant: string; service: string; environment?: string }, make: (now: Date) => T): T {
    const { tenant, service, environment } = ref;
    const name = environment === undefined ? service : `${service}\n${environment}`;
    const ofTenant = this.#known.get(tenant) ?? new Map<string, { value: T; at: number }>();
    const known = ofTenant.get(name);
    const at = this.#now();
    if (known && at - known.at < maxAgeMs && at >= known.at) return known.value;
    const value = make(new Date(at));
    this.#known.set(tenant, ofTenant.set(name, { value, at }));
    return value;
  }
}
