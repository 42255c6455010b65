import { Operation, ProjectSpec, ResourceResult } from '../application';
import { arrayAt, stringAt } from '../json/json';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesObject, keyOf } from '../kubernetes/types';
import { groupVersion } from '../kubernetes/types';
import { isDestinationPermitted, isKindPermitted } from '../project/projectRules';
import { ManagedResource } from './compareApplication';
import { requireType } from './applyResource';
import { compareForSync, waveOf } from './syncOrder';

/** One thing that a sync does. */
export interface SyncTask {
  object: KubernetesObject;
  action: 'apply' | 'prune';
  syncPhase: 'PreSync' | 'Sync';
  wave: number;
}

const syncOptionsAnnotation = 'argocd.argoproj.io/sync-options';

/** The tasks of a sync in the order in which they are done. */
export function planTasks(
  managed: ManagedResource[],
  operation: NonNullable<Operation['sync']>,
): SyncTask[] {
  const tasks = managed.flatMap(({ target, live }): SyncTask[] => {
    const object = target ?? live;
    if (!object || !isSelected(object, operation)) return [];
    const action = target ? 'apply' : 'prune';
    return [{ object, action, syncPhase: 'Sync', wave: waveOf(object) }];
  });
  return tasks.sort(
    (a, b) =>
      a.wave - b.wave ||
      // What goes makes room for what comes, and goes in the opposite order.
      (a.action === 'prune' ? 0 : 1) - (b.action === 'prune' ? 0 : 1) ||
      (a.action === 'prune' ? compareForSync(b.object, a.object) : 0) ||
      compareForSync(a.object, b.object),
  );
}

/** A namespace that a sync option asks for; undefined when there is nothing to make. */
export function namespaceTask(
  namespace: string | undefined,
  operation: NonNullable<Operation['sync']>,
  managed: ManagedResource[],
  cache: ClusterCache,
): SyncTask | undefined {
  const wanted = operation.syncOptions?.includes('CreateNamespace=true');
  if (!wanted || !namespace) return undefined;
  const key = { group: '', kind: 'Namespace', namespace: '', name: namespace };
  const inManifests = managed.some(
    ({ target }) => target?.kind === 'Namespace' && target.metadata.name === namespace,
  );
  if (inManifests || cache.get(key)) return undefined;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  return { object, action: 'apply', syncPhase: 'PreSync', wave: 0 };
}

/** Why a task must not be done; undefined when it may. The texts are Argo CD's. */
export function taskProblem(
  { object, syncPhase }: SyncTask,
  project: ProjectSpec,
  projectName: string,
  cache: ClusterCache,
): string | undefined {
  // The namespace of CreateNamespace=true is made by Argo CD itself.
  if (syncPhase === 'PreSync') return undefined;
  const { group, kind, namespace } = keyOf(object);
  let namespaced: boolean;
  try {
    namespaced = requireType(object, cache).namespaced;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!isKindPermitted(project, group, kind, namespaced)) {
    return `resource ${group}:${kind} is not permitted in project ${projectName}`;
  }
  if (namespaced && !isDestinationPermitted(project, namespace)) {
    return `namespace ${namespace} is not permitted in project '${projectName}'`;
  }
  return undefined;
}

/** Whether a resource is to stay although it is no longer in Git. */
export function keepsItself(object: KubernetesObject): boolean {
  const options = object.metadata.annotations?.[syncOptionsAnnotation] ?? '';
  return options.split(',').some(option => option.trim() === 'Prune=false');
}

/** The entry of a task in `syncResult.resources`. */
export function resultOf(task: SyncTask): ResourceResult {
  const [group, version] = groupVersion(task.object.apiVersion);
  const { namespace = '', name } = task.object.metadata;
  const images = task.action === 'apply' ? imagesOf(task.object) : [];
  return {
    group,
    version,
    kind: task.object.kind,
    namespace,
    name,
    syncPhase: task.syncPhase,
    ...(images.length > 0 ? { images } : {}),
  };
}

function isSelected(
  object: KubernetesObject,
  { resources }: NonNullable<Operation['sync']>,
): boolean {
  if (!resources || resources.length === 0) return true;
  const key = keyOf(object);
  return resources.some(
    each =>
      each.kind === key.kind &&
      each.name === key.name &&
      (each.group ?? '') === key.group &&
      (!each.namespace || each.namespace === key.namespace),
  );
}

function imagesOf(object: KubernetesObject): string[] {
  const spec =
    object.kind === 'Pod'
      ? arrayAt(object, 'spec', 'containers')
      : arrayAt(object, 'spec', 'template', 'spec', 'containers');
  return spec.flatMap(container => stringAt(container, 'image') ?? []);
}
