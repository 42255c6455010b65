import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { count, line, readableItems, time } from './answerParts';

/** One upstream. */
export const source: z.ZodType<SourceStatus> = z.object({
  id: z.string(),
  kind: z.enum(['git', 'argocd', 'kubernetes', 'prometheus', 'loki']),
  name: z.string(),
  state: z.enum(['ok', 'stale', 'down']),
  ageSeconds: z.number(),
  currentAt: time.optional(),
  error: z
    .enum([
      'unreachable',
      'timeout',
      'unauthorized',
      'forbidden',
      'not-found',
      'rate-limited',
      'server-error',
      'bad-answer',
      'misconfigured',
    ])
    .optional()
    // A newer server may know more classes; that there is trouble is still worth saying.
    .catch(undefined),
  detail: line(500).optional(),
  leftOut: z
    .array(
      z.object({
        // Kinds only choose between words; one that is not known here is shown as it came.
        kind: line(40).transform(kind => kind as LeftOut['kind']),
        name: line(300),
        reason: line(500),
      }),
    )
    .optional(),
  leftOutCount: count.optional(),
});

/** The upstreams; a newer server may know kinds and states that nothing here is said of. */
export const sources: z.ZodType<SourceStatus[]> = readableItems(source).transform(
  ({ items }) => items,
);

/** `GET /sources` */
export const sourcesAnswer: z.ZodType<{ items: SourceStatus[] }> = z.object({ items: sources });
