import { z } from 'zod';
import { count, line, text, time, yes } from './parts';

/** A pull request, as people refer to it. */
export const pullRequestSchema = z.object({
  number: count,
  url: text,
  title: line(200),
  /** RFC 3339; absent while it is open. */
  mergedAt: time.optional(),
  /** Who merged it; absent while it is open, and when nobody knows. */
  mergedBy: line(80).optional(),
  /** A program merged it. */
  mergedByBot: yes,
});

/** The commit of the service's repository that a version was built from. */
export const versionCommitSchema = z.object({
  /** 40 hex digits. */
  commit: text,
  /** First line of its message. */
  title: line(200),
  /** Absent when Git names nobody. */
  author: line(80).optional(),
  /** The author is a program. */
  isBot: yes,
  /** RFC 3339. */
  committedAt: time.optional(),
  /** Its page on the Git host. */
  url: text.optional(),
  /** The pull request that brought it to the service's repository. */
  pullRequest: pullRequestSchema.optional(),
});

/** See {@link pullRequestSchema}. */
export type PullRequestRef = z.infer<typeof pullRequestSchema>;

/** See {@link versionCommitSchema}. */
export type VersionCommit = z.infer<typeof versionCommitSchema>;
