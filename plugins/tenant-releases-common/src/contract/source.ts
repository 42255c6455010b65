import { z } from 'zod';
import { count, itemsOf, knownOr, line, text, time } from './parts';

/** Something of a source that no release was made of. */
export const leftOutSchema = z.object({
  kind: knownOr(['file', 'application', 'pod', 'cluster', 'instance']),
  /** As people find it: a path, `namespace/name`, a name. */
  name: line(300),
  /** One sentence: why, and the cure. */
  reason: line(500),
});

/** What went wrong with a source, in a word. */
export const sourceErrorSchema = z.enum([
  'unreachable',
  'timeout',
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'server-error',
  'bad-answer',
  'misconfigured',
]);

/** One upstream, as the portal sees it now. */
export const sourceStatusSchema = z.object({
  /** Stable and unique, for example `argocd:main`. */
  id: text,
  kind: z.enum(['git', 'argocd', 'kubernetes', 'prometheus', 'loki']),
  name: text,
  /** ok: current; stale: answers are older than they should be; down: cannot be reached. */
  state: z.enum(['ok', 'stale', 'down']),
  /** Seconds since the source was last known to be current. */
  ageSeconds: z.number(),
  /**
   * When that was, RFC 3339; absent while the source is ok. It stays the same for as long as the trouble lasts: ages
   * that follow from it agree, whenever the answers that carry it were given.
   */
  currentAt: time.optional().describe('When it was last known to be current; unless it is ok'),
  /**
   * Class of the last error, never its text: no address and no secret leaves the server. A newer server may know more
   * classes; that there is trouble is still worth saying.
   */
  error: sourceErrorSchema.optional().catch(undefined),
  /** One sentence where the class says too little: what is wrong, and the cure. Only for who may onboard tenants; names no address. */
  detail: line(500).optional(),
  /** What no release was made of; only for who may onboard tenants, and only when it was asked for. */
  leftOut: z.array(leftOutSchema).optional(),
  /** How many there are; `leftOut` holds the first of them. */
  leftOutCount: count.optional(),
});

/** The upstreams; a newer server may know kinds and states that nothing here is said of. */
export const sourcesSchema = itemsOf(sourceStatusSchema);

/** `GET /sources` */
export const sourceListSchema = z.object({ items: sourcesSchema });

/** See {@link sourceStatusSchema}. */
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** What went wrong with a source, in a word. */
export type SourceErrorClass = z.infer<typeof sourceErrorSchema>;

/** Something of a source that no release was made of. */
export type LeftOut = z.infer<typeof leftOutSchema>;
