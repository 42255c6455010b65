import { z } from 'zod';

/**
 * `GET /argocd/applications/:tenant`: what Roadie's cards need of an Application. They show more of it where it is there, so
 * the rest stays (https://argo-cd.readthedocs.io/en/stable/operator-manual/application-specification/).
 */
export const argocdApplicationSchema = z
  .looseObject({
    metadata: z.looseObject({
      name: z.string(),
      namespace: z.string(),
      instance: z.object({ name: z.string().optional(), url: z.string().optional() }).optional(),
    }),
    status: z.looseObject({
      sync: z.looseObject({ status: z.string() }),
      health: z.looseObject({ status: z.string() }),
      operationState: z
        .looseObject({ startedAt: z.string(), finishedAt: z.string().optional() })
        .optional(),
      history: z
        .array(
          z.looseObject({
            id: z.number().optional(),
            revision: z.string().optional(),
            deployStartedAt: z.string().optional(),
            deployedAt: z.string().optional(),
          }),
        )
        .optional(),
    }),
  })
  .describe('A part of Argo CD’s Application');

/** `GET /argocd/applications/:tenant/revisions/:revision/metadata` */
export const revisionMetadataSchema = z.object({
  author: z.string().optional(),
  date: z.string().optional(),
  message: z.string().optional(),
});
