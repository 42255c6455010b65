import { shortenError, type ReleaseHealth } from '@internal/plugin-tenant-releases-common';
import type { ArgocdApplication } from './applicationSchema';

/** One deployment of Argo CD's history. */
export interface Deployment {
  id?: number;
  revision?: string;
  deployStartedAt?: string;
  deployedAt?: string;
}

/** A resource that an Application is made of. */
export interface ApplicationResource {
  group?: string;
  kind: string;
  namespace?: string;
  name: string;
  status: 'Synced' | 'OutOfSync' | 'Unknown';
  /** Absent for kinds that have none, such as ConfigMap. */
  health?: ReleaseHealth;
  /** It is no longer in Git, and Argo CD has not removed it. */
  requiresPruning?: boolean;
}

/** What is kept of an Application. */
export interface ApplicationRecord {
  /** Name of the Argo CD instance. */
  instance: string;
  name: string;
  /** Namespace of the Application itself. */
  namespace: string;
  project?: string;
  /** From the label `tenant-releases.io/service`. */
  service?: string;
  destination: { server?: string; name?: string; namespace?: string };
  source?: { repoURL?: string; path?: string; targetRevision?: string };
  sync: { status: 'Synced' | 'OutOfSync' | 'Unknown'; revision?: string };
  health: ReleaseHealth;
  /** Since when it has this health, RFC 3339; Argo CD tells it of some. */
  healthSince?: string;
  images: string[];
  operation?: {
    phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
    message?: string;
    revision?: string;
    startedAt?: string;
    finishedAt?: string;
  };
  /** Details are known only from the watch and from single answers; a list does not carry them. */
  details?: {
    history: Deployment[];
    problem?: string;
    problemSince?: string;
    drifted: string[];
    resources: ApplicationResource[];
  };
}

const limits = { images: 20, history: 20, drifted: 5, resources: 100, message: 500 };
const phases = ['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'] as const;
const healths = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;

/**
 * Reduces an Application to what is kept.
 *
 * @param isWhole - false for an item of a list with `fields`, where absent means "not asked for"
 */
export function toRecord(
  instance: string,
  application: ArgocdApplication,
  isWhole: boolean,
): ApplicationRecord {
  const { metadata, spec, status } = application;
  const source = spec?.source ?? spec?.sources?.[0];
  const message = status?.health?.message;
  return {
    instance,
    name: metadata.name,
    namespace: metadata.namespace ?? 'argocd',
    project: spec?.project,
    service: metadata.labels?.['tenant-releases.io/service'],
    destination: { ...spec?.destination },
    ...(source
      ? {
          source: {
            repoURL: source.repoURL,
            path: source.path,
            targetRevision: source.targetRevision,
          },
        }
      : {}),
    sync: {
      status: oneOf(['Synced', 'OutOfSync'] as const, status?.sync?.status, 'Unknown'),
      revision: comparedRevision(status?.sync, source?.targetRevision),
    },
    health: {
      status: healthStatus(status?.health?.status),
      ...(message ? { message: shortenError(message, limits.message) } : {}),
    },
    healthSince: status?.health?.lastTransitionTime ?? undefined,
    images: (status?.summary?.images ?? []).slice(0, limits.images),
    operation: operationOf(status?.operationState),
    ...(isWhole ? { details: detailsOf(status) } : {}),
  };
}

/** A listed record with the details of the known one, as long as they are about the same state. */
export function withKnownDetails(
  known: ApplicationRecord | undefined,
  listed: ApplicationRecord,
): ApplicationRecord {
  if (listed.details || !known) return listed;
  const sameOperation =
    known.operation?.phase === listed.operation?.phase &&
    known.operation?.startedAt === listed.operation?.startedAt &&
    known.operation?.finishedAt === listed.operation?.finishedAt;
  if (!sameOperation || known.sync.status !== listed.sync.status) return listed;
  return {
    ...listed,
    details: known.details,
    operation: listed.operation && { ...known.operation, ...defined(listed.operation) },
    sync: { ...listed.sync, revision: listed.sync.revision ?? known.sync.revision },
  };
}

function operationOf(
  state: NonNullable<ArgocdApplication['status']>['operationState'],
): ApplicationRecord['operation'] {
  if (!state?.phase) return undefined;
  return defined({
    phase: oneOf(phases, state.phase, 'Error'),
    message: state.message ? shortenError(state.message, limits.message) : undefined,
    revision: revisionOf(state.syncResult) ?? revisionOf(state.operation?.sync),
    startedAt: state.startedAt ?? undefined,
    finishedAt: state.finishedAt ?? undefined,
  });
}

function detailsOf(status: ArgocdApplication['status']): ApplicationRecord['details'] {
  const condition = status?.conditions?.find(({ type }) => type?.endsWith('Error'));
  const problem = condition?.message;
  return {
    history: (status?.history ?? []).slice(-limits.history).map(deployment =>
      defined({
        id: deployment.id,
        revision: revisionOf(deployment),
        deployStartedAt: deployment.deployStartedAt ?? undefined,
        deployedAt: deployment.deployedAt ?? undefined,
      }),
    ),
    ...(problem
      ? defined({
          problem: shortenError(problem, limits.message),
          problemSince: condition?.lastTransitionTime ?? undefined,
        })
      : {}),
    drifted: (status?.resources ?? [])
      .filter(resource => resource.status === 'OutOfSync')
      .slice(0, limits.drifted)
      .map(({ kind, name }) => `${kind} ${name}`),
    resources: (status?.resources ?? []).slice(0, limits.resources).map(toResource),
  };
}

type ResourceStatus = NonNullable<NonNullable<ArgocdApplication['status']>['resources']>[number];

function toResource({ kind, name, status, health, ...rest }: ResourceStatus): ApplicationResource {
  return defined({
    group: rest.group || undefined,
    kind: kind ?? 'Unknown',
    namespace: rest.namespace || undefined,
    name: name ?? '',
    status: oneOf(['Synced', 'OutOfSync'] as const, status, 'Unknown'),
    health: health?.status
      ? defined({
          status: oneOf(healths, health.status, 'Unknown'),
          message: health.message ? shortenError(health.message, limits.message) : undefined,
        })
      : undefined,
    requiresPruning: rest.requiresPruning || undefined,
  });
}

/** A health of Argo CD; one that is not known here is `Unknown`. */
export function healthStatus(status: string | undefined): ReleaseHealth['status'] {
  return oneOf(healths, status, 'Unknown');
}

/** Of what cannot be rendered Argo CD names the branch that it was asked for, which is no commit. */
function comparedRevision(
  sync: NonNullable<ArgocdApplication['status']>['sync'],
  asked: string | undefined,
): string | undefined {
  const revision = revisionOf(sync);
  return sync?.status === 'Unknown' && revision === asked ? undefined : revision;
}

function revisionOf(
  source: { revision?: string; revisions?: string[] | null } | null | undefined,
): string | undefined {
  return source?.revision || source?.revisions?.[0] || undefined;
}

function oneOf<T extends string>(
  known: readonly T[],
  value: string | undefined,
  fallback: T | 'Unknown',
): T {
  return known.find(item => item === value) ?? (fallback as T);
}

/** Without the keys whose value is undefined, so that they do not hide known ones. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
