import { sourceSchema } from '@internal/gitops';
import { z } from 'zod';

export { sourceSchema, type ApplicationSource } from '@internal/gitops';

/** `spec.syncPolicy.retry`, also of an operation. Durations are Go's: `5s`, `3m0s`. */
export const retrySchema = z.looseObject({
  limit: z.number().int().optional(),
  refresh: z.boolean().optional(),
  backoff: z
    .looseObject({
      duration: z.string().optional(),
      factor: z.number().optional(),
      maxDuration: z.string().optional(),
    })
    .optional(),
});

/** The spec of an Application (argoproj.io/v1alpha1), as far as the reconciler acts on it. */
export const applicationSpecSchema = z.looseObject({
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  destination: z.looseObject({
    server: z.string().optional(),
    name: z.string().optional(),
    namespace: z.string().optional(),
  }),
  project: z.string().default('default'),
  syncPolicy: z
    .looseObject({
      automated: z
        .looseObject({
          prune: z.boolean().optional(),
          selfHeal: z.boolean().optional(),
          allowEmpty: z.boolean().optional(),
          enabled: z.boolean().optional(),
        })
        .optional(),
      syncOptions: z.array(z.string()).optional(),
      retry: retrySchema.optional(),
    })
    .optional(),
  revisionHistoryLimit: z.number().int().optional(),
});

export type RetryStrategy = z.infer<typeof retrySchema>;
export type ApplicationSpec = z.infer<typeof applicationSpecSchema>;

const groupKind = z.looseObject({ group: z.string(), kind: z.string() });

const names = z.array(z.string()).optional();

/** An entry of `spec.syncWindows`. Schedules are cron's, durations Go's. */
export const syncWindowSchema = z.looseObject({
  kind: z.enum(['allow', 'deny']),
  schedule: z.string(),
  duration: z.string(),
  applications: names,
  clusters: names,
  namespaces: names,
  andOperator: z.boolean().optional(),
  manualSync: z.boolean().optional(),
  timeZone: z.string().optional(),
});

export type SyncWindow = z.infer<typeof syncWindowSchema>;

/** The spec of an AppProject (argoproj.io/v1alpha1). */
export const projectSpecSchema = z.looseObject({
  sourceRepos: z.array(z.string()).optional(),
  sourceNamespaces: z.array(z.string()).optional(),
  destinations: z
    .array(
      z.looseObject({
        server: z.string().optional(),
        name: z.string().optional(),
        namespace: z.string().optional(),
      }),
    )
    .optional(),
  clusterResourceWhitelist: z.array(groupKind).optional(),
  clusterResourceBlacklist: z.array(groupKind).optional(),
  namespaceResourceWhitelist: z.array(groupKind).optional(),
  namespaceResourceBlacklist: z.array(groupKind).optional(),
  syncWindows: z.array(syncWindowSchema).optional(),
});

export type ProjectSpec = z.infer<typeof projectSpecSchema>;
