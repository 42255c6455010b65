import { z } from 'zod';
import { KubernetesObject } from '../kubernetes/types';

const helmParameter = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  forceString: z.boolean().optional(),
});

/** `spec.source`: where the manifests come from. Fields that are not named here stay. */
export const sourceSchema = z.looseObject({
  repoURL: z.string().min(1),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  chart: z.string().optional(),
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
  directory: z
    .looseObject({
      recurse: z.boolean().optional(),
      include: z.string().optional(),
      exclude: z.string().optional(),
    })
    .optional(),
});

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

export type ApplicationSource = z.infer<typeof sourceSchema>;
export type RetryStrategy = z.infer<typeof retrySchema>;
export type ApplicationSpec = z.infer<typeof applicationSpecSchema>;

const groupKind = z.looseObject({ group: z.string(), kind: z.string() });

/** The spec of an AppProject (argoproj.io/v1alpha1). */
export const projectSpecSchema = z.looseObject({
  sourceRepos: z.array(z.string()).optional(),
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
});

export type ProjectSpec = z.infer<typeof projectSpecSchema>;

/** Health codes, best first. */
export const healthCodes = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
] as const;

export type HealthCode = (typeof healthCodes)[number];
export type SyncCode = 'Synced' | 'OutOfSync' | 'Unknown';

/** The health of a resource. */
export interface Health {
  status: HealthCode;
  message?: string;
}

/** An entry of `status.resources`. */
export interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: SyncCode;
  health?: Health;
  requiresPruning?: boolean;
  syncWave?: number;
}

export type ConditionType =
  | 'ComparisonError'
  | 'InvalidSpecError'
  | 'UnknownError'
  | 'SyncError'
  | 'DeletionError'
  | 'SharedResourceWarning'
  | 'RepeatedResourceWarning';

/** An entry of `status.conditions`. Times are RFC 3339 in whole seconds, UTC. */
export interface Condition {
  type: ConditionType;
  message: string;
  lastTransitionTime?: string;
}

/** `status.sync`. */
export interface SyncStatus {
  status: SyncCode;
  comparedTo: {
    source?: ApplicationSource;
    sources?: ApplicationSource[];
    destination: ApplicationSpec['destination'];
  };
  revision?: string;
}

/** An entry of `status.history`. */
export interface RevisionHistory {
  id: number;
  revision: string;
  deployStartedAt: string;
  deployedAt: string;
  source: ApplicationSource;
  initiatedBy: { automated?: boolean; username?: string };
}

/** What is to be done, in `operation` and `status.operationState.operation`. */
export interface Operation {
  sync?: {
    revision?: string;
    prune?: boolean;
    dryRun?: boolean;
    source?: ApplicationSource;
    syncOptions?: string[];
    resources?: Array<{ group?: string; kind: string; name: string; namespace?: string }>;
    autoHealAttemptsCount?: number;
    syncStrategy?: unknown;
  };
  initiatedBy?: { automated?: boolean; username?: string };
  retry?: RetryStrategy;
  info?: unknown;
}

export type OperationPhase = 'Running' | 'Terminating' | 'Failed' | 'Error' | 'Succeeded';

/** The result of a sync for one resource. */
export interface ResourceResult {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  message?: string;
  hookPhase?: OperationPhase;
  syncPhase?: 'PreSync' | 'Sync';
  images?: string[];
}

/** `status.operationState`. */
export interface OperationState {
  operation: Operation;
  phase: OperationPhase;
  message?: string;
  syncResult?: { resources?: ResourceResult[]; revision: string; source: ApplicationSource };
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
}

/** `status` of an Application. Everything may be missing on an Application that was just made. */
export interface ApplicationStatus {
  resources?: ResourceStatus[];
  sync?: SyncStatus;
  health?: { status?: HealthCode; lastTransitionTime?: string };
  history?: RevisionHistory[];
  conditions?: Condition[];
  reconciledAt?: string;
  operationState?: OperationState;
  sourceType?: 'Helm' | 'Directory';
  summary?: { images?: string[]; externalURLs?: string[] };
  resourceHealthSource?: 'appTree';
  controllerNamespace?: string;
}

/** An Application. Its spec is parsed where it is used: it may be anything that someone wrote. */
export interface Application extends KubernetesObject {
  spec: unknown;
  status?: ApplicationStatus;
  operation?: Operation;
}

/** The finalizer with which deletion of an Application or AppProject waits for its resources. */
export const resourcesFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** Asks for a refresh; its value is `normal` or `hard`. */
export const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** The one destination cluster there is. */
export const inCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** Where Applications and AppProjects live. */
export const controlPlaneNamespace = 'argocd';

/** A time as Kubernetes writes it: whole seconds, UTC. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The last path of a spec: Argo CD's `GetSource`. */
export function sourceOf(spec: ApplicationSpec): ApplicationSource | undefined {
  return spec.source ?? spec.sources?.[0];
}
