import { z } from 'zod';
import { block, count, labels, time } from './parts';
import { sourceStatusSchema } from './source';

/** Levels that logs can be filtered by. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

const logLevelSchema = z.enum([...logLevels, 'unknown']);

/** One line of a pod's log. */
const logLineSchema = z.object({
  /** RFC 3339 with up to nanoseconds, UTC. */
  time,
  level: logLevelSchema.catch('unknown'),
  message: block(8_000),
  labels,
});

/** `GET /releases/:tenant/:service/logs` */
export const logListSchema = z.object({
  lines: z.array(logLineSchema),
  /** True when there are more lines in the range than `limit`, or lines that there was no time to look through. */
  truncated: z.boolean(),
  /** Lines that were found and cannot be read. */
  leftOutCount: count.optional(),
  source: sourceStatusSchema,
});

/** One of {@link logLevels}, or `unknown` for a line without one. */
export type LogLevel = z.infer<typeof logLevelSchema>;

/** See {@link logLineSchema}. */
export type LogLine = z.infer<typeof logLineSchema>;

/** See {@link logListSchema}. */
export type LogList = z.infer<typeof logListSchema>;
