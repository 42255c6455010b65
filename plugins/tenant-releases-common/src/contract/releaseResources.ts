import { z } from 'zod';
import { line, text, time } from './parts';
import { releaseHealthSchema } from './release';
import { diffText } from './releaseDiff';
import { sourceStatusSchema } from './source';

/** A resource of a release in the cluster. */
const releaseResourceSchema = z.object({
  /** Unique in the list, for example `apps/Deployment/tenant-a/demo-api`. */
  id: text,
  /** Id of the resource that made it; absent for what Git holds. */
  parent: text.optional(),
  group: line(253),
  version: line(100),
  kind: line(100),
  namespace: line(100).optional(),
  name: line(253),
  /** Whether Git holds it; else one of those that Git holds has made it. */
  managed: z.boolean(),
  /** Of managed ones. */
  status: z.enum(['Synced', 'OutOfSync']).optional().catch(undefined),
  /** Why it is out of sync. missing: only Git has it; extra: only the cluster has it; changed: they differ. */
  change: z.enum(['missing', 'extra', 'changed']).optional().catch(undefined),
  health: releaseHealthSchema.optional(),
  /** What Argo CD says of it, for example `Containers` `1/1`. */
  info: z.array(z.object({ name: line(100), value: line(200) })).optional(),
  images: z.array(line(300)).optional(),
  /** RFC 3339. */
  createdAt: time.optional(),
  /** Of its YAML, from what the cluster has to what Git wants. */
  diff: diffText.optional(),
});

/** `GET /releases/:tenant/:service/resources` */
export const releaseResourcesSchema = z.object({
  /** Name of Argo CD's Application. */
  application: text,
  /** Managed ones first, then what they have made. */
  items: z.array(releaseResourceSchema),
  truncated: z.boolean(),
  /** When Argo CD said so, RFC 3339. */
  checkedAt: time,
  source: sourceStatusSchema,
});

/** See {@link releaseResourceSchema}. */
export type ReleaseResource = z.infer<typeof releaseResourceSchema>;

/** See {@link releaseResourcesSchema}. */
export type ReleaseResources = z.infer<typeof releaseResourcesSchema>;
