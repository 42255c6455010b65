import { LRUCache } from 'lru-cache';
import { toUpstreamError } from '@internal/gitops';

/** Loki's default of max_entries_limit_per_query. */
const usualMost = 5_000;
const refusalsToLearnFrom = 4;

/** How many lines a Loki gives a tenant at once. It is learned from refusals, and asked again after a while. */
export class LineCap {
  readonly #most = new LRUCache<string, number>({ max: 5_000, ttl: 10 * 60 * 1_000 });

  /** As many lines as can be asked for. */
  within(tenant: string, wanted: number): number {
    return Math.min(wanted, this.#most.get(tenant) ?? usualMost);
  }

  /** Asks for as many lines as wanted, or for as many as Loki gives; answers how many that were. */
  async ask<T>(
    tenant: string,
    wanted: number,
    query: (limit: number) => Promise<T>,
  ): Promise<{ answer: T; limit: number }> {
    for (let refused = 0; ; refused += 1) {
      const limit = this.within(tenant, wanted);
      try {
        return { answer: await query(limit), limit };
      } catch (thrown) {
        const most = refused < refusalsToLearnFrom ? mostOf(thrown, limit) : undefined;
        if (most === undefined) throw thrown;
        this.#most.set(tenant, most);
      }
    }
  }
}

/**
 * The cap that a refusal names, or half of what was asked for when it names none; undefined when it is about something
 * else: `max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)`
 */
function mostOf(thrown: unknown, asked: number): number | undefined {
  const { refusal } = toUpstreamError(thrown);
  if (refusal?.status !== 400 || !/max.entries.limit/i.test(refusal.text)) return undefined;
  const named = Number(/\(\s*\d+\s*>\s*(\d{1,6})\s*\)/.exec(refusal.text)?.[1]);
  const most = named > 0 && named < asked ? named : Math.floor(asked / 2);
  return most > 0 ? most : undefined;
}
