import { z } from 'zod';
import { versionCommitSchema } from './commits';
import { count, line, sentByNow, text, time, version } from './parts';

/** A version that can be given to a tenant. */
const knownVersionSchema = z.object({
  version,
  /** The services of which it is a version. */
  services: sentByNow(z.array(text)),
  /** How many tenants have it now. */
  tenants: count,
  /** When a tenant was last set to it, RFC 3339; absent when that is not known. */
  lastUsedAt: time.optional(),
  /** When any tenant was first given it, RFC 3339; absent while that is not known. */
  firstSeen: time.optional(),
  /** What it was built from; absent when nobody knows. */
  source: versionCommitSchema.optional(),
  /** How many tenants run it, and nothing else, with every pod ready and without failing. */
  healthy: count.describe('Tenants that run it, and nothing else, and do not fail'),
  /** Of how many of these it is measured whether they serve. */
  measured: sentByNow(
    count.describe('Of how many of the healthy ones it is measured whether they serve'),
  ),
  /** How many tenants have a ready pod of it. */
  ready: count.describe('Tenants with a ready pod of it'),
  /** Why it is on the list of bad versions; absent when it is not. */
  bad: line(500).optional().describe('Why it is on the list of bad versions'),
});

/** A cluster that a tenant can be onboarded to. */
const knownClusterSchema = z.object({
  /** Argo CD's name of it. */
  name: line(63),
  /** How many tenants run there. */
  tenants: count,
});

/** `GET /versions`: the newest first. */
export const versionListSchema = z.object({ items: z.array(knownVersionSchema) });

/** `GET /clusters`: the most used first. */
export const clusterListSchema = z.object({ items: z.array(knownClusterSchema) });

/** See {@link knownVersionSchema}. */
export type KnownVersion = z.infer<typeof knownVersionSchema>;

/** See {@link knownClusterSchema}. */
export type KnownCluster = z.infer<typeof knownClusterSchema>;
