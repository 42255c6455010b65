import { z } from 'zod';
import { pullRequestSchema, versionCommitSchema } from './commits';
import { block, line, text, time, version, yes } from './parts';
import { sourcesSchema } from './source';

/** One row of a release's history. */
const historyEntrySchema = z.object({
  version,
  previousVersion: version.optional(),
  commit: text,
  author: line(80),
  /** The author is a program. */
  isBot: yes,
  message: block(2_000),
  committedAt: time,
  pullRequest: pullRequestSchema.optional(),
  /** What the version was built from; absent for settings, and when nobody knows. */
  source: versionCommitSchema.optional(),
  syncedAt: time.optional(),
  runningAt: time.optional(),
  /** When another version took its place in Git; absent while it is the newest. */
  replacedAt: time.optional(),
  /** See `replacedAt`. */
  replacedBy: version.optional(),
  /** Path that the tenant's file had before, when this commit moved it. */
  movedFrom: line(200).optional(),
  kind: z.enum(['release', 'rollback', 'settings']),
});

/** `GET /releases/:tenant/:service/history` */
export const historyListSchema = z.object({
  items: z.array(historyEntrySchema),
  nextCursor: text.optional(),
  /** Where the rows come from; a source that is down explains what is missing. */
  sources: sourcesSchema.default([]),
});

/** See {@link historyEntrySchema}. */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** See {@link historyListSchema}. */
export type HistoryList = z.infer<typeof historyListSchema>;
