import { z } from 'zod';
import { count, line, readableItems, text } from './parts';
import { releaseSchema, releaseStates, type ReleaseState } from './release';
import { sourcesSchema } from './source';

const countsSchema = z.object(
  Object.fromEntries(releaseStates.map(state => [state, count.default(0)])) as Record<
    ReleaseState,
    z.ZodDefault<typeof count>
  >,
);

/** Why the list is empty for this caller, and the next step. */
const noticeSchema = z.object({
  code: z.enum(['NO_TENANTS', 'NONE_VISIBLE', 'NONE_MATCH']),
  text: line(500),
});

/** `GET /releases` of rows with the fields that were asked for. */
export function releasePageSchema<T extends z.ZodType>(row: T) {
  return z
    .object({
      items: readableItems(row),
      nextCursor: text.optional(),
      totalItems: count,
      /** How many of them are in each state; there when it was asked for. */
      counts: countsSchema.optional(),
      sources: sourcesSchema,
      /** Absent while the list is not empty. A newer server may know more reasons. */
      notice: noticeSchema.optional().catch(undefined),
    })
    .transform(({ items: { items, unreadable, issue }, ...page }, context) => {
      // Rows of which none can be read are another answer than agreed, not a list of none.
      if (issue && items.length === 0) {
        context.addIssue({
          code: 'custom',
          path: ['items', ...issue.path],
          message: issue.message,
        });
      }
      return { ...page, items, ...(unreadable > 0 ? { unreadable } : {}) };
    });
}

/** `GET /releases`: tenant and service of a row are always there, the other fields when they are asked for. */
export const releaseListSchema = releasePageSchema(
  releaseSchema.partial().required({ tenant: true, service: true }),
);

/** See {@link releaseListSchema}; `unreadable` is how many further rows its reader cannot read. */
export type ReleaseList = z.infer<typeof releaseListSchema>;
