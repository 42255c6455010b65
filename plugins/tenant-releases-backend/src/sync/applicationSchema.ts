import { z } from 'zod';
import { boundedText } from '@internal/gitops';
import { parseLeniently } from '../upstream/parseLeniently';
import { rfc3339 } from '../upstream/rfc3339';

const text = boundedText.optional();
const texts = z.array(boundedText).nullish();
const time = rfc3339.nullish();
/** Shortened before it is kept. */
const message = z.string().optional();

const parameter = z.object({
  name: text,
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

/** ApplicationSource, as far as it is read: where it comes from, and what it sets over the files. */
export const sourceSchema = z.object({
  repoURL: text,
  path: text,
  targetRevision: text,
  chart: text,
  ref: text,
  helm: z
    .object({
      valueFiles: texts,
      parameters: z.array(parameter).nullish(),
      values: z.string().nullish(),
      valuesObject: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  kustomize: z.object({ images: texts }).nullish(),
});

/** By it Argo CD leaves an Application alone: https://argo-cd.readthedocs.io/en/stable/user-guide/skip_reconcile/ */
export const skipAnnotation = 'argocd.argoproj.io/skip-reconcile';

/**
 * The parts of an Application that are read, every one optional: a list with `fields` leaves out what the server's
 * version cannot select. Shapes as in Argo CD's own types:
 * https://github.com/argoproj/argo-cd/blob/v3.2.11/pkg/apis/application/v1alpha1/types.go
 */
export const applicationSchema = z.object({
  metadata: z.object({
    name: boundedText.min(1),
    namespace: text,
    resourceVersion: text,
    deletionTimestamp: time,
    labels: z.record(z.string(), boundedText).nullish(),
    annotations: z.object({ [skipAnnotation]: text }).nullish(),
  }),
  spec: z
    .object({
      project: text,
      sourceHydrator: z.object({}).nullish(),
      source: sourceSchema.nullish(),
      sources: z.array(sourceSchema).nullish(),
      destination: z.object({ server: text, name: text, namespace: text }).nullish(),
      syncPolicy: z
        .object({ automated: z.object({ enabled: z.boolean().nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  status: z
    .object({
      sync: z.object({ status: text, revision: text, revisions: texts }).nullish(),
      health: z.object({ status: text, message, lastTransitionTime: time }).nullish(),
      summary: z.object({ images: texts }).nullish(),
      conditions: z.array(z.object({ type: text, message, lastTransitionTime: time })).nullish(),
      resources: z
        .array(
          z.object({
            group: text,
            kind: text,
            namespace: text,
            name: text,
            status: text,
            health: z.object({ status: text, message, lastTransitionTime: time }).nullish(),
            requiresPruning: z.boolean().optional(),
          }),
        )
        .nullish(),
      operationState: z
        .object({
          phase: text,
          message,
          startedAt: time,
          finishedAt: time,
          operation: z
            .object({
              sync: z
                .object({
                  revision: text,
                  revisions: texts,
                  dryRun: z.boolean().nullish(),
                  resources: z.array(z.unknown()).nullish(),
                })
                .nullish(),
            })
            .nullish(),
          syncResult: z
            .object({
              revision: text,
              revisions: texts,
              resources: z
                .array(z.object({ kind: text, name: text, hookPhase: text, hookType: text }))
                .nullish(),
            })
            .nullish(),
        })
        .nullish(),
      history: z
        .array(
          z.object({
            id: z.number().optional(),
            revision: text,
            revisions: texts,
            deployStartedAt: time,
            deployedAt: time,
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/** An Application as Argo CD answers it, as far as it is read. */
export type ArgocdApplication = z.infer<typeof applicationSchema>;
/** One of the places that an Application is made from. */
export type ArgocdSource = z.infer<typeof sourceSchema>;

/** What could be read of an Application; `unreadable` names the fields that could not. */
export interface ReadApplication {
  application: ArgocdApplication;
  unreadable: string[];
}

/** Reads an Application field by field; undefined for something without a name. */
export function readApplication(value: unknown): ReadApplication | undefined {
  const { data, unreadable } = parseLeniently(applicationSchema, value);
  return data && { application: data, unreadable };
}

/** A list of Applications; each is parsed on its own, so that one odd one hides no other. */
export const applicationListSchema = z.object({
  metadata: z.object({ resourceVersion: text }).nullish(),
  items: z.array(z.unknown()).nullable(),
});

/** An event of the watch stream, or its error. */
export const streamEventSchema = z.object({
  result: z
    .object({
      // A kind of event that is not known tells that something has changed, not what.
      type: z.enum(['ADDED', 'MODIFIED', 'DELETED']).optional().catch(undefined),
      application: z.unknown(),
    })
    .optional()
    .catch({ application: undefined }),
  error: z.object({ message }).optional(),
});

/** `GET /api/v1/applications/{name}/revisions/{revision}/metadata` */
export const revisionMetadataSchema = z.object({
  author: message,
  date: time.catch(undefined),
  message,
});

/**
 * Names that `fields` of the list may select, the union of what the servers' versions know: unknown ones are dropped by
 * the server without a word. https://github.com/argoproj/argo-cd/blob/master/server/application/application.go
 */
export const listFields = [
  'metadata.resourceVersion',
  'items.metadata.name',
  'items.metadata.namespace',
  'items.metadata.deletionTimestamp',
  'items.metadata.labels',
  'items.metadata.annotations',
  'items.spec',
  'items.status.sync.status',
  'items.status.sync.revision',
  'items.status.health',
  'items.status.summary',
  'items.status.operationState.phase',
  'items.status.operationState.startedAt',
  'items.status.operationState.finishedAt',
  'items.status.operationState.operation.sync',
].join(',');
