import {
  Application,
  ApplicationSpec,
  Condition,
  instanceName,
  isMultiSource,
  ProjectSpec,
  ResourceStatus,
  SourceAt,
  SourceType,
  SyncCode,
  SyncStatus,
} from '../application';
import { diffResource, ResourceDiff } from '../diff/resourceDiff';
import { ClusterCache } from '../kubernetes/clusterCache';
import { groupVersion, KubernetesObject, keyOf, keyText } from '../kubernetes/types';
import { isDestinationPermitted, isKindPermitted } from '../project/projectRules';
import { RepositoryUnavailableError } from '../repository/manifestError';
import { ManifestService } from '../repository/manifestService';
import { Repositories } from '../repository/repositories';
import { renderSources } from './renderSources';
import { waveOf } from './syncOrder';
import { prepareTargets } from './targetObjects';
import { trackedBy } from './tracking';

/** One resource of an application: what should be, what is, and how they differ. */
export interface ManagedResource {
  target?: KubernetesObject;
  live?: KubernetesObject;
  diff?: ResourceDiff;
}

/** An application's desired state against its live state. */
export interface Comparison {
  sync: SyncStatus;
  /** Of each source, in their order; none when they cannot be rendered. */
  sourceTypes: SourceType[];
  /** In the same order as `resources`. */
  managed: ManagedResource[];
  resources: ResourceStatus[];
  conditions: Condition[];
}

/** What a comparison reads from. */
export interface ComparisonSources {
  cache: ClusterCache;
  repositories: Repositories;
  manifests: ManifestService;
}

/**
 * Compares an application as of the revisions of its sources.
 * @throws {@link RepositoryUnavailableError} when the repository cannot be reached; everything else becomes a condition.
 */
export async function compareApplication(
  application: Application,
  spec: ApplicationSpec,
  project: ProjectSpec,
  wanted: SourceAt[],
  from: ComparisonSources,
): Promise<Comparison> {
  const conditions: Condition[] = [];
  const namespace = spec.destination.namespace ?? '';
  const name = instanceName(application);
  const isMulti = isMultiSource(spec);
  let resolved: string[] = [];
  let sourceTypes: SourceType[] = [];
  let targets: KubernetesObject[] = [];
  let failed = false;
  const rendered = await renderSources(wanted, from, {
    applicationName: application.metadata.name,
    namespace,
    kubernetesVersion: from.cache.kubernetesVersion,
    apiVersions: from.cache.apiVersions(),
  });
  if ('problem' in rendered) {
    failed = true;
    conditions.push({
      type: 'ComparisonError',
      message: `Failed to load target state: failed to generate manifest for source ${rendered.position} of ${wanted.length}: rpc error: code = Unknown desc = ${rendered.problem}`,
    });
    // What cannot be rendered keeps the name that was asked for, which need not be a commit; of several none is told.
    const [{ source, revision }] = wanted;
    const asked = revision || source.targetRevision || rendered.resolved[0];
    if (!isMulti && asked) resolved = [asked];
  } else {
    ({ resolved, sourceTypes } = rendered);
    const prepared = prepareTargets(rendered.objects, name, namespace, (group, kind) =>
      from.cache.resourceType(group, kind),
    );
    targets = prepared.objects;
    conditions.push(...prepared.conditions);
  }
  const managed = pair(name, targets, project, from.cache);
  conditions.push(...sharedResources(application, managed));
  const resources = managed.map(each => statusOf(each, project, from.cache, failed));
  return {
    sync: {
      status: failed ? 'Unknown' : overall(resources, managed),
      comparedTo: {
        ...(isMulti
          ? { sources: wanted.map(({ source }) => source) }
          : { source: wanted[0].source }),
        destination: spec.destination,
      },
      ...(isMulti ? { revisions: failed ? undefined : resolved } : { revision: resolved[0] }),
    },
    sourceTypes,
    managed,
    resources,
    conditions,
  };
}

/** Whether an error says that the repository is away rather than wrong. */
export function isOutage(error: unknown): error is RepositoryUnavailableError {
  return error instanceof RepositoryUnavailableError;
}

function pair(
  application: string,
  targets: KubernetesObject[],
  project: ProjectSpec,
  cache: ClusterCache,
): ManagedResource[] {
  const resources = new Map<string, ManagedResource>();
  for (const target of targets) {
    const live = cache.get(keyOf(target));
    resources.set(keyText(keyOf(target)), {
      target,
      live,
      ...(live ? { diff: diffResource(live, target) } : {}),
    });
  }
  for (const live of liveResources(application, project, cache)) {
    const key = keyText(keyOf(live));
    if (!resources.has(key)) resources.set(key, { live });
  }
  return [...resources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** The live objects that an application deployed and its project lets it have. */
export function liveResources(
  application: string,
  project: ProjectSpec,
  cache: ClusterCache,
): KubernetesObject[] {
  return [...cache.all()].filter(
    object =>
      trackedBy(object) === application &&
      (object.metadata.ownerReferences ?? []).length === 0 &&
      isPermitted(object, project, cache),
  );
}

function isPermitted(object: KubernetesObject, project: ProjectSpec, cache: ClusterCache): boolean {
  const { group, kind, namespace } = keyOf(object);
  const namespaced = cache.resourceType(group, kind)?.namespaced ?? true;
  if (!isKindPermitted(project, group, kind, namespaced)) return false;
  return !namespaced || isDestinationPermitted(project, namespace);
}

function sharedResources(application: Application, managed: ManagedResource[]): Condition[] {
  const { namespace, name } = application.metadata;
  return managed.flatMap(({ live }): Condition[] => {
    const other = live && trackedBy(live);
    if (!live || !other || other === instanceName(application)) return [];
    const message = `${live.kind}/${live.metadata.name} is part of applications ${namespace}/${name} and ${other}`;
    return [{ type: 'SharedResourceWarning', message }];
  });
}

function statusOf(
  { target, live, diff }: ManagedResource,
  project: ProjectSpec,
  cache: ClusterCache,
  failed: boolean,
): ResourceStatus {
  const object = (live ?? target) as KubernetesObject;
  const [group, version] = groupVersion(object.apiVersion);
  const { namespace, name } = object.metadata;
  const namespaced = cache.resourceType(group, object.kind)?.namespaced ?? true;
  const permitted = isKindPermitted(project, group, object.kind, namespaced);
  const wave = target ? waveOf(target) : 0;
  const differs = !target || !live || diff?.modified;
  const status: SyncCode = differs ? 'OutOfSync' : 'Synced';
  return {
    ...(group ? { group } : {}),
    version,
    kind: object.kind,
    ...(namespace ? { namespace } : {}),
    name,
    status: failed || !permitted ? 'Unknown' : status,
    ...(!target && live && !failed ? { requiresPruning: true } : {}),
    ...(wave ? { syncWave: wave } : {}),
  };
}

function overall(resources: ResourceStatus[], managed: ManagedResource[]): SyncCode {
  const outOfSync = resources.some(
    (_resource, at) => !managed[at].target || !managed[at].live || managed[at].diff?.modified,
  );
  return outOfSync ? 'OutOfSync' : 'Synced';
}
