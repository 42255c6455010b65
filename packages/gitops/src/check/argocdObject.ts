import { z } from 'zod';

const strings = z.array(z.string());

/** One place that an Application comes from or goes to, as far as it is looked at here. */
const sourceSchema = z.looseObject({
  repoURL: z.string().optional(),
  targetRevision: z.string().optional(),
  path: z.string().optional(),
  helm: z
    .looseObject({ releaseName: z.string().optional(), valueFiles: strings.optional() })
    .optional(),
});

const destinationSchema = z.looseObject({
  name: z.string().optional(),
  server: z.string().optional(),
  namespace: z.string().optional(),
});

const metadataSchema = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  finalizers: strings.optional(),
});

const syncPolicySchema = z.looseObject({
  automated: z
    .looseObject({ prune: z.boolean().optional(), selfHeal: z.boolean().optional() })
    .optional(),
});

/** An Application (argoproj.io/v1alpha1); source: Argo CD's CRD. */
export const applicationSchema = z.looseObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Application'),
  metadata: metadataSchema,
  spec: z.looseObject({
    project: z.string(),
    source: sourceSchema.optional(),
    sources: z.unknown().optional(),
    destination: destinationSchema,
    syncPolicy: syncPolicySchema.optional(),
    ignoreDifferences: z.unknown().optional(),
  }),
});

const groupKind = z.looseObject({ group: z.string(), kind: z.string() });

/** An AppProject (argoproj.io/v1alpha1); source: Argo CD's CRD. */
export const projectSchema = z.looseObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('AppProject'),
  metadata: metadataSchema,
  spec: z.looseObject({
    sourceRepos: strings.optional(),
    destinations: z.array(destinationSchema).optional(),
    clusterResourceWhitelist: z.array(groupKind).optional(),
    namespaceResourceWhitelist: z.array(groupKind).optional(),
    sourceNamespaces: strings.optional(),
  }),
});

/** An Application, as far as it is looked at here. */
export type Application = z.infer<typeof applicationSchema>;
/** An AppProject, as far as it is looked at here. */
export type Project = z.infer<typeof projectSchema>;
