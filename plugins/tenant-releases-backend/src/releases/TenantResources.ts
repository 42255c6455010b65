import type { TenantReleaseResource } from '@internal/plugin-tenant-releases-node';
import type { ReleaseBoard } from './ReleaseBoard';

/**
 * What permission rules knew of each tenant's releases when a change of it was last told. Whoever could read a release is
 * told that it is gone, or somebody else's; now nobody could tell by the release itself.
 */
export class TenantResources {
  readonly #board: Pick<ReleaseBoard, 'refs' | 'ofTenant' | 'resource'>;
  #known = new Map<string, TenantReleaseResource[]>();

  constructor(board: Pick<ReleaseBoard, 'refs' | 'ofTenant' | 'resource'>) {
    this.#board = board;
  }

  /** Notes everything as it is now. */
  noteAll(): void {
    this.#known = new Map();
    for (const ref of this.#board.refs()) {
      const others = this.#known.get(ref.tenant) ?? [];
      this.#known.set(ref.tenant, [...others, this.#board.resource(ref)]);
    }
  }

  /** A tenant's releases as they were noted last and as they are now, which is noted. */
  take(tenant: string): TenantReleaseResource[] {
    const before = this.#known.get(tenant) ?? [];
    const now = this.#board.ofTenant(tenant).map(ref => this.#board.resource(ref));
    if (now.length > 0) this.#known.set(tenant, now);
    else this.#known.delete(tenant);
    return [...before, ...now];
  }
}
