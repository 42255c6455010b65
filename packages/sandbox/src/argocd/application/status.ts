import { KubernetesObject } from '../kubernetes/types';
import { ToldRevisions, ToldSources } from './sources';
import { ApplicationSource, ApplicationSpec, RetryStrategy } from './specs';

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
export interface SyncStatus extends ToldRevisions {
  status: SyncCode;
  comparedTo: ToldSources & { destination: ApplicationSpec['destination'] };
}

/** An entry of `status.history`. */
export interface RevisionHistory extends ToldRevisions {
  id: number;
  deployStartedAt: string;
  deployedAt: string;
  source: ApplicationSource;
  sources?: ApplicationSource[];
  initiatedBy: { automated?: boolean; username?: string };
}

/** What is to be done, in `operation` and `status.operationState.operation`. */
export interface Operation {
  sync?: ToldSources & {
    revision?: string;
    revisions?: string[];
    prune?: boolean;
    dryRun?: boolean;
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
  syncResult?: {
    resources?: ResourceResult[];
    revision: string;
    revisions?: string[];
    source: ApplicationSource;
    sources?: ApplicationSource[];
  };
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
}

/** How a source is rendered; empty for one that only others refer to. */
export type SourceType = 'Helm' | 'Kustomize' | 'Directory' | '';

/** `status` of an Application. Everything may be missing on an Application that was just made. */
export interface ApplicationStatus {
  resources?: ResourceStatus[];
  sync?: SyncStatus;
  health?: { status?: HealthCode; lastTransitionTime?: string };
  history?: RevisionHistory[];
  conditions?: Condition[];
  reconciledAt?: string;
  operationState?: OperationState;
  sourceType?: SourceType;
  /** Of several sources, in their order. */
  sourceTypes?: SourceType[];
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
