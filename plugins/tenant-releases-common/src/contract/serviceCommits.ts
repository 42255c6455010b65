import { z } from 'zod';
import { count, line, text, time, version, yes } from './parts';

/** A commit of a service. */
const serviceCommitSchema = z.object({
  sha: text,
  /** First line of its message. */
  title: line(200),
  author: line(80),
  /** A program wrote it. */
  isBot: yes,
  /** RFC 3339. */
  committedAt: time,
  url: text.optional(),
});

const span = { service: text, from: version, to: version };

/** `GET /services/:service/commits?from=&to=` */
export const serviceCommitsSchema = z.union([
  z.object({
    ...span,
    /** Of `to` and not of `from`, the newest first. */
    commits: z.array(serviceCommitSchema),
    /** How many there are; more than `commits` holds where the host tells no more. */
    total: count,
    /** How many `from` has that `to` lacks: more than none when `to` does not follow `from`. */
    missing: count,
    /** The host's page of the comparison. */
    url: text.optional(),
  }),
  /** Why they cannot be told: a sentence. */
  z.object({ ...span, unavailable: line(500) }),
]);

/** See {@link serviceCommitSchema}. */
export type ServiceCommit = z.infer<typeof serviceCommitSchema>;

/** See {@link serviceCommitsSchema}. */
export type ServiceCommits = z.infer<typeof serviceCommitsSchema>;
