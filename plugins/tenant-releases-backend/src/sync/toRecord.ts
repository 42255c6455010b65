import { shortenError } from '@internal/gitops';
import type { ApplicationRecord } from './ApplicationRecord';
import { labelSets, type LabelSelector } from '../running/labelSelector';
import { detailsOf } from './applicationDetails';
import { imageOverride } from './applicationOverride';
import { skipAnnotation, type ArgocdApplication, type ReadApplication } from './applicationSchema';
import { gitopsUse, gitopsUseAmong, sourcesOf, type GitopsUse } from './applicationSources';
import {
  healthStatus,
  limits,
  oneOf,
  otherRevisions,
  revisionOf,
  withoutUndefined,
} from './applicationValues';

/** How Applications are read. */
export interface RecordOptions {
  /** Name of the Argo CD instance. */
  instance: string;
  /** Whether an address is that of the GitOps repository. */
  isGitops(address: string): boolean;
  /** Id of the source that is an address, where there are several GitOps repositories; then `isGitops` is not asked. */
  repositoryOf?(address: string, revision: string): string | undefined;
  /** The tenant of a values file; undefined for other files. */
  tenantOfFile(path: string, repository?: string): string | undefined;
  /** Further tenants, by what an Application is called and reads. */
  tenantsOf?(reading: {
    name: string;
    files: readonly string[];
    folder?: string;
    labelSets?: readonly string[];
    repository?: string;
  }): readonly string[];
  /** By which labels the layouts look for Applications. */
  selectors?: readonly LabelSelector[];
}

const phases = ['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'] as const;

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
  const use = options.repositoryOf
    ? gitopsUseAmong(application, options.repositoryOf)
    : gitopsUse(application, options.isGitops);
  const at = use?.index ?? 0;
  const message = status?.health?.message;
  const override = use && imageOverride(use.renderer);
  const sets = labelSets(options.selectors ?? [], metadata.labels ?? {});
  return {
    instance: options.instance,
    name: metadata.name,
    namespace: metadata.namespace ?? defaultNamespace,
    project: spec?.project,
    tenants: tenantsOf(application, use, sets, options),
    labels: withoutUndefined({
      tenant: metadata.labels?.['tenant-releases.io/tenant'],
      service: metadata.labels?.['tenant-releases.io/service'],
    }),
    ...(sets.length > 0 ? { labelSets: sets } : {}),
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
    ...(isTrue(metadata.annotations?.[skipAnnotation]) ? { isSkipped: true as const } : {}),
    ...(spec?.sourceHydrator ? { isHydrated: true as const } : {}),
    ...(metadata.deletionTimestamp ? { deletedSince: metadata.deletionTimestamp } : {}),
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
    operation: operationOf(status?.operationState, at, isWhole),
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
  sets: readonly string[],
  { tenantOfFile, tenantsOf: further }: RecordOptions,
): string[] {
  const label = metadata.labels?.['tenant-releases.io/tenant'];
  const fromFiles = use?.files.flatMap(file => tenantOfFile(file, use.repository) ?? []) ?? [];
  // Of a folder nobody knows yet whose it is: often it is named after the tenant.
  const fromFolder = use?.folder?.split('/') ?? [];
  const others = further?.({
    name: metadata.name,
    files: use?.files ?? [],
    ...(use?.folder === undefined ? {} : { folder: use.folder }),
    labelSets: sets,
    ...(use?.repository === undefined ? {} : { repository: use.repository }),
  });
  const named = [metadata.name, ...(label ? [label] : [])];
  return [...new Set([...named, ...fromFiles, ...fromFolder, ...(others ?? [])])];
}

type SyncPolicy = NonNullable<ArgocdApplication['spec']>['syncPolicy'];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/: present, and not switched off since 3.1. */
function isAutomated(policy: SyncPolicy): boolean {
  return !!policy?.automated && policy.automated.enabled !== false;
}

function operationOf(
  state: NonNullable<ArgocdApplication['status']>['operationState'],
  at: number,
  isWhole: boolean,
): ApplicationRecord['operation'] {
  if (!state?.phase) return undefined;
  const hooks = (state.syncResult?.resources ?? [])
    .filter(({ hookPhase, hookType }) => hookType && hookPhase === 'Running')
    .slice(0, limits.drifted)
    .map(({ kind, name }) => `${kind}/${name}`);
  const asked = state.operation?.sync;
  // What a list calls the operation is its result, which names every resource.
  const isPartial = isWhole && (asked?.dryRun === true || (asked?.resources?.length ?? 0) > 0);
  return withoutUndefined({
    phase: oneOf(phases, state.phase, 'Error'),
    message: state.message ? shortenError(state.message, limits.message) : undefined,
    ...(isPartial
      ? { isPartial: true as const }
      : {
          revision: revisionOf(state.syncResult, at) ?? revisionOf(asked, at),
          ...otherRevisions(state.syncResult ?? asked, at),
        }),
    startedAt: state.startedAt ?? undefined,
    finishedAt: state.finishedAt ?? undefined,
    hooks: hooks.length > 0 ? hooks : undefined,
  });
}

/** As Go reads it: https://pkg.go.dev/strconv#ParseBool */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text ?? '');
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
