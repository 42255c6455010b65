import { z } from 'zod';
import { block, count, line, text, time, version } from './parts';

/** As long as the server's longest, and some more. */
const maxDiff = 100_000;
const change = z.enum(['added', 'removed', 'changed']);

/** Unified text of a difference; values of Secrets are masked. */
export const diffText = block(maxDiff);

/** One of the two releases that are compared. */
export const diffSideSchema = z.object({
  /** 40 hex digits. */
  commit: text,
  version: version.optional(),
  author: line(80),
  /** RFC 3339. */
  committedAt: time,
});

/** A value of the tenant file that differs. */
const diffKeySchema = z.object({
  /** For example `image.tag` or `env.0.value`. */
  key: line(300),
  change,
  from: line(300).optional(),
  to: line(300).optional(),
});

/** A rendered object that differs. */
const objectDiffSchema = z.object({
  /** Path of the chart that makes it. */
  chart: line(200),
  apiVersion: line(100),
  kind: line(100),
  name: line(253),
  namespace: line(100).optional(),
  change,
  diff: diffText,
  truncated: z.boolean(),
});

/** What the charts make of the two files. */
const renderedDiffSchema = z.object({
  objects: z.array(objectDiffSchema),
  /** How many objects are the same. */
  unchanged: count,
  truncated: z.boolean(),
});

/** `GET /releases/:tenant/:service/diff` */
export const releaseDiffSchema = z.object({
  tenant: text,
  service: text,
  from: diffSideSchema,
  to: diffSideSchema,
  values: z.object({
    /** Of the tenant's file, from the repository's root. */
    path: line(500),
    /** Empty when nothing differs. */
    diff: diffText,
    keys: z.array(diffKeySchema),
    truncated: z.boolean(),
  }),
  /** `pending`: ask again after these seconds. `unavailable`: why, for people. */
  manifests: z.union([
    z.object({
      pending: z.literal(true),
      retrySeconds: z.number().positive().meta({ type: 'integer' }),
    }),
    z.object({ unavailable: line(1_000) }),
    renderedDiffSchema,
  ]),
});

/** See {@link diffSideSchema}. */
export type DiffSide = z.infer<typeof diffSideSchema>;

/** See {@link diffKeySchema}. */
export type DiffKey = z.infer<typeof diffKeySchema>;

/** See {@link objectDiffSchema}. */
export type ObjectDiff = z.infer<typeof objectDiffSchema>;

/** See {@link renderedDiffSchema}. */
export type RenderedDiff = z.infer<typeof renderedDiffSchema>;

/** See {@link releaseDiffSchema}. */
export type ReleaseDiff = z.infer<typeof releaseDiffSchema>;
