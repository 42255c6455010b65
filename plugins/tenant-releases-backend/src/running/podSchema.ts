import { z } from 'zod';
import { parseLeniently } from '../upstream/parseLeniently';
import { rfc3339 } from '../upstream/rfc3339';

const text = z.string().optional();
const time = rfc3339.nullish();

const state = z
  .object({
    waiting: z.object({ reason: text }).nullish(),
    running: z.object({ startedAt: time }).nullish(),
  })
  .nullish();

/** The parts of a Pod that are read: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export const podSchema = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().min(1),
    resourceVersion: text,
    creationTimestamp: time,
    deletionTimestamp: time,
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z.array(z.object({ kind: text })).nullish(),
  }),
  spec: z
    .object({ containers: z.array(z.object({ name: z.string(), image: text })).nullish() })
    .nullish(),
  status: z
    .object({
      phase: text,
      startTime: time,
      conditions: z
        .array(z.object({ type: text, status: text, lastTransitionTime: time }))
        .nullish(),
      containerStatuses: z
        .array(z.object({ name: z.string(), ready: z.boolean().optional(), imageID: text, state }))
        .nullish(),
      initContainerStatuses: z.array(z.object({ name: z.string(), image: text, state })).nullish(),
    })
    .nullish(),
});

/** A Pod as Kubernetes answers it, as far as it is read. */
export type KubernetesPod = z.infer<typeof podSchema>;

/** What could be read of a Pod; `unreadable` names the fields that could not. */
export interface ReadPod {
  pod: KubernetesPod;
  unreadable: string[];
}

/** Reads a Pod field by field; undefined for something without name and namespace. */
export function readPod(value: unknown): ReadPod | undefined {
  const { data, unreadable } = parseLeniently(podSchema, value);
  return data && { pod: data, unreadable };
}

/** A page of a list; each pod is parsed on its own, so that one odd one hides no other. */
export const podListSchema = z.object({
  metadata: z.object({ resourceVersion: text, continue: text }),
  items: z.array(z.unknown()),
});

/** An event of a watch: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
export const watchEventSchema = z.object({
  // A kind of event that is not known tells that something has changed, not what.
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']).optional().catch(undefined),
  object: z.unknown(),
});

/** What an ERROR event carries. */
export const statusSchema = z.object({ code: z.number().optional(), reason: text });
