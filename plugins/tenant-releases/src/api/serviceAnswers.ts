import type { ServiceCommits, ServiceVersions } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { count, line, time, version } from './answerParts';
import { versionCommit } from './answers';
import { sources } from './sourceAnswers';

/** `GET /services/:service` */
export const serviceVersionsAnswer: z.ZodType<ServiceVersions> = z.object({
  service: z.string(),
  shows: z.enum(['names', 'numbers', 'own']),
  tenants: count,
  readable: count,
  withoutPods: count,
  versions: z.array(
    z.object({
      version,
      running: count,
      desired: count,
      firstSeen: time.optional(),
      source: versionCommit.optional(),
      isBad: z.literal(true).optional(),
      tenants: z
        .array(z.object({ tenant: z.string(), displayName: line(120), ring: z.number() }))
        .optional(),
      serving: z.object({ errorRatio: z.number(), latencyP95: z.number().optional() }).optional(),
      notMeasured: line(500).optional(),
    }),
  ),
  windowSeconds: z.number(),
  notice: z
    .object({
      code: z.enum(['NUMBERS_ONLY', 'OWN_ONLY', 'NONE_VISIBLE', 'NO_TENANTS']),
      text: line(500),
    })
    .optional()
    // A newer server may know more reasons.
    .catch(undefined),
  sources,
});

const span = { service: z.string(), from: version, to: version };

/** `GET /services/:service/commits` */
export const serviceCommitsAnswer: z.ZodType<ServiceCommits> = z.union([
  z.object({
    ...span,
    commits: z.array(
      z.object({
        sha: z.string(),
        title: line(200),
        author: line(80),
        isBot: z.literal(true).optional(),
        committedAt: time,
        url: z.string().optional(),
      }),
    ),
    total: count,
    missing: count,
    url: z.string().optional(),
  }),
  z.object({ ...span, unavailable: line(500) }),
]);
