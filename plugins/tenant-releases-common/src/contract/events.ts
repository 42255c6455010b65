import { z } from 'zod';

/** A message of `GET /events`: "something changed", what to read again. It carries no data. */
export const changedEventSchema = z.object({
  type: z.literal('changed'),
  /** None: a source went away or came back, which concerns all. */
  tenants: z.array(z.string()),
});

/** See {@link changedEventSchema}. */
export type ChangedEvent = z.infer<typeof changedEventSchema>;
