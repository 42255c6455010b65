import { z } from 'zod';
import { count, line, time, version } from './parts';

/** Whether a release serves: what its requests and the alerts of its tenant say. */
export const servingSchema = z.object({
  /**
   * serving: requests are answered, and no alert fires; failing: more requests fail than may, or an alert fires; idle: it is
   * measured, and there are too few requests to tell; not-measured: nobody knows.
   */
  status: z.enum(['serving', 'failing', 'idle', 'not-measured']).catch('not-measured'),
  /** The part of the requests that fails, 0 to 1; absent where there are too few to tell. */
  errorRatio: z.number().optional(),
  /** The part of the requests that may fail, 0 to 1. */
  objective: z.number().optional(),
  /** Since when more of them fail, RFC 3339; absent when nobody knows, or none of that. */
  since: time.optional(),
  /** The version with which that began; absent when nobody knows. */
  version: version.optional(),
  /** How many alerts fire. */
  alerts: count.optional(),
  /** Why it, or part of it, is not measured: a sentence with the cure. */
  why: line(500).optional(),
  /** Trouble that is told is this many seconds old; absent while it is current. */
  staleSeconds: z.number().optional(),
});

/** See {@link servingSchema}. */
export type Serving = z.infer<typeof servingSchema>;

/** Whether anybody knows how a release serves; with too few requests to tell, that much is known. */
export function isMeasured(serving: Serving | undefined): boolean {
  return serving !== undefined && serving.status !== 'not-measured';
}
