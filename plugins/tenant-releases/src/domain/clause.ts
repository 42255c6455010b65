import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import type { Concern } from './concern';

/** A part of the sentence about the fleet that counts some of it, and what shows exactly these. */
export interface Clause {
  /** The same in a few words, without what changes by itself: `2 fail requests`. */
  brief: string;
  /** @param now - milliseconds since 1970 */
  say: (now: number) => string;
  /** While rows are on their way only their states are known. */
  shows: { concern: Concern } | { state: ReleaseState };
}
