import { z } from 'zod';
import { changeKinds } from './changeRequest';
import { count, itemsOf, knownOr, line, text, time, version } from './parts';
import { pullProgressSchema, pullStepSchema } from './pullProgress';
import { sourceStatusSchema } from './source';

/** A pull request that changes releases. */
export const changePullSchema = pullProgressSchema.extend({
  kind: knownOr([...changeKinds, 'bump']),
  service: line(63).optional(),
  /** Of one that is for a ring. */
  ring: count.optional(),
  /** Tenants that it changes, as far as the caller may see them and the pull request names them. */
  tenants: z.array(text),
  /** How many it changes; absent where it does not say. */
  tenantCount: count.optional(),
  /** The version that it brings, where it is one. */
  version: version.optional(),
  reason: line(500).optional(),
  /** Entity ref of the person who asked for it in the portal or on the command line. */
  requestedBy: line(200).optional(),
  pullRequest: z.object({
    number: z.int(),
    /** Absent for who does not see the operator's places. */
    url: text.optional(),
    title: line(256),
    openedAt: time,
    /** When it was merged or closed. */
    endedAt: time.optional(),
  }),
  next: pullStepSchema,
});

/** `GET /changes`: the open ones, and those that ended lately; the one that was opened last first. */
export const changeListSchema = z.object({
  items: itemsOf(changePullSchema),
  /** The Git host; when it is away, `items` is what was known last. */
  source: sourceStatusSchema,
});

/** See {@link changePullSchema}. */
export type ChangePull = z.infer<typeof changePullSchema>;

/** See {@link changeListSchema}. */
export type ChangeList = z.infer<typeof changeListSchema>;
