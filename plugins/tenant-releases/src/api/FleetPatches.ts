import type { QueryClient } from '@tanstack/react-query';
import type { FleetPatch } from '../domain/fleet';

/**
 * Patches that came while whole fleets were being read. Reading thousands of rows takes a second; what a page said
 * before a patch must not undo it.
 */
export class FleetPatches {
  #loads = 0;
  #patches: FleetPatch[] = [];

  /** A patch has come. */
  record(patch: FleetPatch): void {
    if (this.#loads > 0) this.#patches.push(patch);
  }

  /** A load begins. @returns ends the load and gives the patches that came meanwhile, oldest first */
  begin(): () => FleetPatch[] {
    const from = this.#patches.length;
    this.#loads += 1;
    return () => {
      const since = this.#patches.slice(from);
      this.#loads -= 1;
      if (this.#loads === 0) this.#patches = [];
      return since;
    };
  }
}

const byClient = new WeakMap<QueryClient, FleetPatches>();

/** The patches of a cache. */
export function fleetPatchesOf(client: QueryClient): FleetPatches {
  const known = byClient.get(client) ?? new FleetPatches();
  byClient.set(client, known);
  return known;
}
