import type { Release } from '@internal/plugin-tenant-releases-common';
import type { ChangeHints } from '../upstream/ChangeHints';

/** Some of what a release says depends on the time of day: ages, grace periods. Milliseconds. */
const maxAgeMs = 1_000;

/**
 * Releases that were joined a moment ago. Joining thousands takes longer than all the rest of a list; many viewers and
 * filters look at the same ones.
 */
export class JoinedReleases {
  readonly #now: () => number;
  readonly #releases = new Map<string, Map<string, { release: Release; at: number }>>();

  /** @param hints - which tenants may look different now */
  constructor(hints: ChangeHints[], now = Date.now) {
    this.#now = now;
    for (const hint of hints) {
      hint.subscribe(tenants => {
        if (tenants === 'all') this.#releases.clear();
        else tenants.forEach(tenant => this.#releases.delete(tenant));
      });
    }
  }

  /** The release of that tenant and service, joined anew when it may look different. */
  get(ref: { tenant: string; service: string }, join: (now: Date) => Release): Release {
    const { tenant, service } = ref;
    const ofTenant = this.#releases.get(tenant) ?? new Map();
    const known = ofTenant.get(service);
    const at = this.#now();
    if (known && at - known.at < maxAgeMs && at >= known.at) return known.release;
    const release = join(new Date(at));
    this.#releases.set(tenant, ofTenant.set(service, { release, at }));
    return release;
  }
}
