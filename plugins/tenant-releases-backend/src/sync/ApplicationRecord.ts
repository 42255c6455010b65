import { shortenError, type ReleaseHealth } from '@internal/plugin-tenant-releases-common';
import { imageOverride, type ImageOverride } from './applicationOverride';
import type { ArgocdApplication, ReadApplication } from './applicationSchema';
import { gitopsUse, sourcesOf, type GitopsUse } from './applicationSources';

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

/** What is kept of an Application. Its identity is instance, namespace and name; a name alone is nothing. */
export interface ApplicationRecord {
  /** Name of the Argo CD instance. */
  instance: string;
  name: string;
  /** Namespace of the Application itself. */
  namespace: string;
  project?: string;
  /** Tenants that may look different when it changes. */
  tenants: string[];
  /** From the labels `tenant-releases.io/tenant` and `tenant-releases.io/service`. */
  labels: { tenant?: string; service?: string };
  destination: { server?: string; name?: string; namespace?: string };
  /** The first source, for people. */
  source?: { repoURL?: string; path?: string; targetRevision?: string };
  /** What it takes from the GitOps repository; absent when that is nothing. */
  gitops?: Omit<GitopsUse, 'renderer'>;
  /** What it sets over the files. */
  override?: ImageOverride;
  /** `kustomize.images`, which set versions by the name of the image. */
  kustomizeImages: string[];
  /** Whether Argo CD syncs by itself. */
  isAutomated: boolean;
  /** `revision` is that of the source that is the GitOps repository, `others` those of all other sources. */
  sync: { status: 'Synced' | 'OutOfSync' | 'Unknown'; revision?: string; others?: string };
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
    hooks?: string[];
    others?: string;
  };
  /** Fields that cannot be read. */
  unreadable: string[];
  /** Details are known only from the watch and from single answers; a list does not carry them. */
  details?: {
    history: Deployment[];
    problem?: string;
    problemSince?: string;
    /** Why Argo CD does not take the destination. */
    destinationProblem?: string;
    drifted: string[];
    resources: ApplicationResource[];
  };
}

/** How Applications are read. */
export interface RecordOptions {
  /** Name of the Argo CD instance. */
  instance: string;
  /** Whether an address is that of the GitOps repository. */
  isGitops(address: string): boolean;
  /** The tenant of a values file; undefined for other files. */
  tenantOfFile(path: string): string | undefined;
}

/** An Application among those of its instance. */
export function applicationKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}

const limits = { files: 200, images: 20, history: 20, drifted: 5, resources: 100, message: 500 };
const phases = ['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'] as const;
const healths = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;

/** Where Argo CD itself runs, unless an Application says that it stands elsewhere. */
export const defaultNamespace = 'argocd';

/**
 * Reduces an Application to what is kept.
 *
 * @param isWhole - false for an item of a list with `fields`, where absent means "not asked for"
 */
export function toRecord(
  options: RecordOptions,
  { application, unreadable }: ReadApplication,
  isWhole: boolean,
): ApplicationRecord {
  const { metadata, spec, status } = application;
  const [source] = sourcesOf(application);
  const use = gitopsUse(application, options.isGitops);
  const at = use?.index ?? 0;
  const message = status?.health?.message;
  const override = use && imageOverride(use.renderer);
  return {
    instance: options.instance,
    name: metadata.name,
    namespace: metadata.namespace ?? defaultNamespace,
    project: spec?.project,
    tenants: tenantsOf(application, use, options),
    labels: defined({
      tenant: metadata.labels?.['tenant-releases.io/tenant'],
      service: metadata.labels?.['tenant-releases.io/service'],
    }),
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
    ...(use ? { gitops: withoutRenderer(use) } : {}),
    ...(override ? { override } : {}),
    kustomizeImages: (use?.renderer.kustomize?.images ?? []).slice(0, limits.images),
    isAutomated: isAutomated(spec?.syncPolicy),
    sync: {
      status: oneOf(['Synced', 'OutOfSync'] as const, status?.sync?.status, 'Unknown'),
      revision: comparedRevision(status?.sync, (use ?? source)?.targetRevision, at),
      ...otherRevisions(status?.sync, at),
    },
    health: {
      status: healthStatus(status?.health?.status),
      ...(message ? { message: shortenError(message, limits.message) } : {}),
    },
    healthSince: status?.health?.lastTransitionTime ?? undefined,
    images: (status?.summary?.images ?? []).slice(0, limits.images),
    operation: operationOf(status?.operationState, at),
    // Without its version an event is taken for the newest; nothing is lost.
    unreadable: unreadable.filter(field => field !== 'metadata.resourceVersion'),
    ...(isWhole ? { details: detailsOf(status, at) } : {}),
  };
}

function withoutRenderer({ renderer: _, ...use }: GitopsUse): Omit<GitopsUse, 'renderer'> {
  return { ...use, files: use.files.slice(0, limits.files) };
}

function tenantsOf(
  { metadata }: ArgocdApplication,
  use: GitopsUse | undefined,
  { tenantOfFile }: RecordOptions,
): string[] {
  const label = metadata.labels?.['tenant-releases.io/tenant'];
  const fromFiles = use?.files.flatMap(file => tenantOfFile(file) ?? []) ?? [];
  // Of a folder nobody knows yet whose it is: often it is named after the tenant.
  const fromFolder = use?.folder?.split('/') ?? [];
  return [...new Set([metadata.name, ...(label ? [label] : []), ...fromFiles, ...fromFolder])];
}

type SyncPolicy = NonNullable<ArgocdApplication['spec']>['syncPolicy'];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/: present, and not switched off since 3.1. */
function isAutomated(policy: SyncPolicy): boolean {
  return !!policy?.automated && policy.automated.enabled !== false;
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
    unreadable: [...new Set([...listed.unreadable, ...known.unreadable])],
    operation: listed.operation && { ...known.operation, ...defined(listed.operation) },
    sync: { ...known.sync, ...defined(listed.sync) },
  };
}

function operationOf(
  state: NonNullable<ArgocdApplication['status']>['operationState'],
  at: number,
): ApplicationRecord['operation'] {
  if (!state?.phase) return undefined;
  const hooks = (state.syncResult?.resources ?? [])
    .filter(({ hookPhase, hookType }) => hookType && hookPhase === 'Running')
    .slice(0, limits.drifted)
    .map(({ kind, name }) => `${kind}/${name}`);
  return defined({
    phase: oneOf(phases, state.phase, 'Error'),
    message: state.message ? shortenError(state.message, limits.message) : undefined,
    revision: revisionOf(state.syncResult, at) ?? revisionOf(state.operation?.sync, at),
    startedAt: state.startedAt ?? undefined,
    finishedAt: state.finishedAt ?? undefined,
    hooks: hooks.length > 0 ? hooks : undefined,
    ...otherRevisions(state.syncResult ?? state.operation?.sync, at),
  });
}

/** How Argo CD says that it has no such cluster, or that name and server contradict each other. */
const destinationWords = /\b(destination|cluster)\b/i;

function detailsOf(status: ArgocdApplication['status'], at: number): ApplicationRecord['details'] {
  const condition = status?.conditions?.find(({ type }) => type?.endsWith('Error'));
  const problem = condition?.message;
  const destinationProblem =
    condition?.type === 'InvalidSpecError' && problem && destinationWords.test(problem)
      ? problem
      : undefined;
  return {
    history: (status?.history ?? []).slice(-limits.history).map(deployment =>
      defined({
        id: deployment.id,
        revision: revisionOf(deployment, at),
        deployStartedAt: deployment.deployStartedAt ?? undefined,
        deployedAt: deployment.deployedAt ?? undefined,
      }),
    ),
    ...(problem
      ? defined({
          destinationProblem:
            destinationProblem && shortenError(destinationProblem, limits.message),
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
  at: number,
): string | undefined {
  const revision = revisionOf(sync, at);
  return sync?.status === 'Unknown' && revision === asked ? undefined : revision;
}

/** @param at - position of the source that is meant, where there are several */
function revisionOf(
  source: { revision?: string; revisions?: string[] | null } | null | undefined,
  at: number,
): string | undefined {
  if (source?.revisions && source.revisions.length > 0) return source.revisions[at] || undefined;
  return source?.revision || undefined;
}

function otherRevisions(
  source: { revisions?: string[] | null } | null | undefined,
  at: number,
): { others?: string } {
  const others = source?.revisions?.filter((_, index) => index !== at) ?? [];
  return others.length > 0 ? { others: others.join(' ').slice(0, limits.message) } : {};
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
