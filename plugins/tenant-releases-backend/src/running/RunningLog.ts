import { LRUCache } from 'lru-cache';
import type { PodRecord } from './PodRecord';

/** A pod, with the version that it runs if that can be told. */
export type VersionedPod = Pick<PodRecord, 'readySince' | 'counts'> & { version?: string };

/** Times that a version began to run that are remembered of each release. */
const maxStarts = 20;

/** When a version began to run. */
export interface Start {
  version: string;
  /** RFC 3339. */
  at: string;
  /**
   * Whether the portal has seen the version before it run. Otherwise its pods may be later ones than the first, for
   * example after a node was replaced.
   */
  isWitnessed: boolean;
}

/** Remembers when each version began to run, as far as its pods have told since the portal started. */
export class RunningLog {
  readonly #starts = new LRUCache<string, Start[]>({ max: 20_000 });

  /** @param pods - all pods of the release, also those that are being deleted */
  observe(release: string, pods: readonly VersionedPod[]): void {
    const starts = this.#starts.get(release) ?? [];
    const isFirst = starts.length === 0;
    const current = starts.at(-1)?.version;
    const ready = new Map<string, string>();
    for (const { version, readySince, counts } of pods) {
      if (version === undefined || !counts || !readySince) continue;
      const known = ready.get(version);
      if (known === undefined || readySince < known) {
        ready.set(version, readySince);
      }
    }
    // While two versions run, the newer is the one that became ready last.
    const added = [...ready]
      .filter(([version]) => version !== current)
      .map(([version, at]) => ({ version, at, isWitnessed: true }))
      .filter(({ at }) => !starts.some(start => Date.parse(start.at) >= Date.parse(at)))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    if (isFirst && added.length > 0) added[0].isWitnessed = false;
    if (added.length > 0) this.#starts.set(release, [...starts, ...added].slice(-maxStarts));
  }

  /** The versions that are known to have been ready. */
  versionsOf(release: string): ReadonlySet<string> {
    return new Set(this.#starts.get(release)?.map(({ version }) => version));
  }

  /** The first start of a version that is not before a time (RFC 3339). */
  startOf(release: string, version: string, notBefore: string): Start | undefined {
    return this.#starts
      .get(release)
      ?.find(start => start.version === version && Date.parse(start.at) >= Date.parse(notBefore));
  }
}
