import { z } from 'zod';
import { count, itemsOf, knownOr, line, text, time } from './parts';
import { leftOutSchema, sourceErrorSchema, sourceStatusSchema } from './source';

const sourceCommitSchema = z.object({
  sha: text,
  /** The commit's page at the Git host. */
  url: text.optional(),
  committedAt: time,
  author: line(200),
});

/** One pattern that says where releases are; without numbers as long as no commit has been looked at. */
const layoutMatchSchema = z.object({
  /** The key in the configuration: `tenantReleases.gitops.layouts[0]`. */
  key: line(200),
  /** What it says: `overlays/{tenant}`. */
  pattern: line(500),
  /** Files and folders that meet it. */
  files: count.optional(),
  releases: count.optional(),
  tenants: count.optional(),
  /** Where nothing meets it: the paths of the commit that come closest. */
  closest: z.array(line(300)).optional(),
});

const gitReportSchema = z.object({
  /** `owner/name` */
  repository: line(300),
  /** The repository's page at the Git host. */
  url: text,
  branch: line(300),
  reader: knownOr(['api', 'mirror']),
  /** The commit that the releases are of; absent before the first. */
  commit: sourceCommitSchema.optional(),
  /** A newer commit that is not taken: `detail` says why. */
  refused: sourceCommitSchema.optional(),
  layouts: itemsOf(layoutMatchSchema),
  /** What is no fault, for people. */
  notes: z.array(line(500)),
});

/** One upstream, what was read of it, what releases were made of, and what not. */
export const sourceReportSchema = sourceStatusSchema
  .omit({ leftOut: true, leftOutCount: true })
  .extend({
    /** The cluster that it is, or is for; absent where it is for all. */
    cluster: line(300).optional(),
    /** Name of the Argo CD instance. */
    instance: line(300).optional(),
    /** One sentence: what to do about `error`. */
    cure: line(500).optional(),
    /** The last error, also where the source answers again; since the portal started. */
    lastError: z.object({ error: sourceErrorSchema, at: time }).optional().catch(undefined),
    /** What was read, for people: the whole first and its parts after it; empty while nothing has been read. */
    counts: itemsOf(z.object({ what: line(200), count })),
    /** How many entries `GET /sources/entries` has of each list. */
    leftOutCount: count,
    unusedCount: count,
    /** Of a Git repository. */
    git: gitReportSchema.optional(),
  });

/** `GET /sources/report` */
export const sourceReportListSchema = z.object({ items: itemsOf(sourceReportSchema) });

/** Lists of what no release is made of: by a fault that somebody should mend, and without one. */
export const sourceLists = ['left-out', 'unused'] as const;

/** `GET /sources/entries` */
export const sourceEntryListSchema = z.object({
  /** The first of those that match. */
  items: itemsOf(leftOutSchema),
  /** How many match the search. */
  matchCount: count,
  /** How many there are. */
  totalCount: count,
});

/** See {@link sourceReportSchema}. */
export type SourceReport = z.infer<typeof sourceReportSchema>;

/** What is said of a Git repository. */
export type GitReport = z.infer<typeof gitReportSchema>;

/** A commit of a Git repository. */
export type SourceCommit = z.infer<typeof sourceCommitSchema>;

/** What one pattern matches. */
export type LayoutMatch = z.infer<typeof layoutMatchSchema>;

/** See {@link sourceEntryListSchema}. */
export type SourceEntryList = z.infer<typeof sourceEntryListSchema>;

/** See {@link sourceLists}. */
export type SourceListName = (typeof sourceLists)[number];
