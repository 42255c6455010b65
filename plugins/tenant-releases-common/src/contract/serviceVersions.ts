import { z } from 'zod';
import { versionCommitSchema } from './commits';
import { count, line, text, time, version, whole, yes } from './parts';
import { sourcesSchema } from './source';

/** A tenant, as who sees names sees it beside a version. */
const namedTenantSchema = z.object({ tenant: text, displayName: line(120), ring: whole });

/** How a version serves, over all tenants that run it. */
const versionServingSchema = z.object({
  /** The part of the requests that failed, 0 to 1. */
  errorRatio: z.number(),
  /** 95th percentile of the durations in seconds; of several Prometheus servers the longest. Absent where there is none. */
  latencyP95: z.number().optional(),
});

/** A version of a service, and who runs it. */
const serviceVersionSchema = z.object({
  version,
  /** How many tenants have a ready pod of it. */
  running: count,
  /** How many tenants Git wants it for. */
  desired: count,
  /** When it was first seen, RFC 3339; absent when nobody knows. */
  firstSeen: time.optional(),
  /** The commit that it was built from; absent where that is not known or not to be told. */
  source: versionCommitSchema.optional(),
  /** It is on the list of bad versions. */
  isBad: yes,
  /** Who has a ready pod of it, or is wanted to; absent where the caller sees numbers only. */
  tenants: z.array(namedTenantSchema).optional(),
  /** Absent where `notMeasured` says why. */
  serving: versionServingSchema.optional(),
  /** Why it is not measured, or not told: a sentence. */
  notMeasured: line(500).optional(),
});

/** `GET /services/:service` */
export const serviceVersionsSchema = z.object({
  service: text,
  /** names: every tenant by name; numbers: how many; own: only the tenants that the caller may read. */
  shows: z.enum(['names', 'numbers', 'own']),
  /** How many tenants are counted. */
  tenants: count,
  /** How many of them the caller may read as releases, too. */
  readable: count,
  /** How many of them have no ready pod whose version is known. */
  withoutPods: count,
  /** The newest first. */
  versions: z.array(serviceVersionSchema),
  /** Seconds that errors and latency are taken over. */
  windowSeconds: whole,
  /** What the caller does not see here, and who may grant it. A newer server may know more reasons. */
  notice: z
    .object({
      code: z.enum(['NUMBERS_ONLY', 'OWN_ONLY', 'NONE_VISIBLE', 'NO_TENANTS']),
      text: line(500),
    })
    .optional()
    .catch(undefined),
  sources: sourcesSchema,
});

/** See {@link namedTenantSchema}. */
export type NamedTenant = z.infer<typeof namedTenantSchema>;

/** See {@link serviceVersionSchema}. */
export type ServiceVersion = z.infer<typeof serviceVersionSchema>;

/** See {@link serviceVersionsSchema}. */
export type ServiceVersions = z.infer<typeof serviceVersionsSchema>;
