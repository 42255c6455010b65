import { z } from 'zod';
import { rfc3339 } from '../upstream/rfc3339';

const text = z.string().optional();

const reference = z.object({
  group: text,
  kind: z.string(),
  namespace: text,
  name: z.string(),
});

/**
 * `GET /api/v1/applications/{name}/resource-tree`, as far as it is read. Shape:
 * https://github.com/argoproj/argo-cd/blob/v3.2.11/pkg/apis/application/v1alpha1/types.go (ApplicationTree)
 */
export const resourceTreeSchema = z.object({
  nodes: z
    .array(
      reference.extend({
        version: text,
        parentRefs: z.array(reference).nullish(),
        info: z.array(z.object({ name: text, value: text })).nullish(),
        images: z.array(z.string()).nullish(),
        health: z.object({ status: text, message: text }).nullish(),
        createdAt: rfc3339.nullish().catch(undefined),
      }),
    )
    .nullish(),
});

/**
 * `GET /api/v1/applications/{name}/managed-resources`, as far as it is read: the states are JSON texts, `null` when
 * there is none (ResourceDiff in the same file).
 */
export const managedResourcesSchema = z.object({
  items: z
    .array(
      reference.extend({
        targetState: text,
        liveState: text,
        normalizedLiveState: text,
        predictedLiveState: text,
        hook: z.boolean().optional(),
      }),
    )
    .nullish(),
});

/** See {@link resourceTreeSchema}. */
export type ResourceTree = z.infer<typeof resourceTreeSchema>;
/** See {@link managedResourcesSchema}. */
export type ManagedResources = z.infer<typeof managedResourcesSchema>;
