import { z } from 'zod';

/** What the supervisor writes to `<stateDir>/run/control.json`, readable by this account only. */
export const controlFileSchema = z.object({
  /** Base URL of the control endpoint, on loopback. */
  url: z.string(),
  /** Bearer token for it. */
  token: z.string(),
  /** Process id of the supervisor. */
  pid: z.number(),
});

/** See {@link controlFileSchema}. */
export type ControlFile = z.infer<typeof controlFileSchema>;

const processStatusSchema = z.object({
  name: z.string(),
  url: z.string(),
  state: z.enum(['starting', 'ready', 'stopped', 'crashed', 'unavailable']),
  pid: z.number().optional(),
  /** Why it is unavailable, and what to do. */
  reason: z.string().optional(),
});

/** What runs, as `npm run sandbox -- status --output json` prints it. */
export const statusSchema = z.object({
  servers: z.array(processStatusSchema),
  portal: processStatusSchema.optional(),
  forge: z.object({ repository: z.string() }),
  tools: z.record(z.string(), z.string()),
  stateDir: z.string(),
  /** The repository of `examples/` that is delivered; absent for the demo. */
  example: z.string().optional(),
});

/** See {@link statusSchema}. */
export type Status = z.infer<typeof statusSchema>;

/** A server or the portal in {@link Status}. */
export type ProcessStatus = z.infer<typeof processStatusSchema>;
