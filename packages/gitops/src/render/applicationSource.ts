import { z } from 'zod';

const helmParameter = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  forceString: z.boolean().optional(),
});

/** `spec.source` of an Application: where the manifests come from. Fields that are not named here stay. */
export const sourceSchema = z.looseObject({
  repoURL: z.string().min(1),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  chart: z.string().optional(),
  ref: z.string().optional(),
  helm: z
    .looseObject({
      releaseName: z.string().optional(),
      namespace: z.string().optional(),
      valueFiles: z.array(z.string()).optional(),
      ignoreMissingValueFiles: z.boolean().optional(),
      values: z.string().optional(),
      valuesObject: z.record(z.string(), z.unknown()).optional(),
      parameters: z.array(helmParameter).optional(),
      fileParameters: z.array(z.looseObject({ name: z.string(), path: z.string() })).optional(),
      skipCrds: z.boolean().optional(),
      skipTests: z.boolean().optional(),
      skipSchemaValidation: z.boolean().optional(),
    })
    .optional(),
  kustomize: z
    .looseObject({
      namePrefix: z.string().optional(),
      nameSuffix: z.string().optional(),
      namespace: z.string().optional(),
      images: z.array(z.string()).optional(),
      replicas: z
        .array(z.looseObject({ name: z.string(), count: z.union([z.number(), z.string()]) }))
        .optional(),
      commonLabels: z.record(z.string(), z.string()).optional(),
      labelWithoutSelector: z.boolean().optional(),
      labelIncludeTemplates: z.boolean().optional(),
      commonAnnotations: z.record(z.string(), z.string()).optional(),
      patches: z.array(z.looseObject({})).optional(),
      components: z.array(z.string()).optional(),
      ignoreMissingComponents: z.boolean().optional(),
    })
    .optional(),
  directory: z
    .looseObject({
      recurse: z.boolean().optional(),
      include: z.string().optional(),
      exclude: z.string().optional(),
    })
    .optional(),
  plugin: z.looseObject({}).optional(),
});

/** See {@link sourceSchema}. */
export type ApplicationSource = z.infer<typeof sourceSchema>;
