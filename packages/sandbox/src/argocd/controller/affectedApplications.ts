import { Application, isSkipped, refreshAnnotation } from '../application';
import { deepEqual } from '../json/json';
import { StoreChange } from '../kubernetes/objectStore';
import { groupVersion, KubernetesObject, ResourceKey } from '../kubernetes/types';
import { trackedBy } from './tracking';

/** Owners are followed no further than this: a pod's is three levels away from its Deployment at most. */
const maximumDepth = 6;

/** The applications that own an object that changed, directly or through what they deployed. */
export function affectedApplications(
  change: StoreChange,
  get: (key: ResourceKey) => KubernetesObject | undefined,
): Set<string> {
  const names = new Set<string>();
  for (const object of [change.object, change.before]) {
    const name = object && owningApplication(object, get, 0);
    if (name) names.add(name);
  }
  return names;
}

/** Whether a change of an Application is more than the controller's own notes in its status. */
export function needsReconcile(change: StoreChange): boolean {
  const after = change.object as Application;
  const before = change.before as Application | undefined;
  if (change.type !== 'MODIFIED' || !before) return true;
  return (
    !deepEqual(before.spec, after.spec) ||
    (after.operation !== undefined && !deepEqual(before.operation, after.operation)) ||
    after.metadata.deletionTimestamp !== before.metadata.deletionTimestamp ||
    after.metadata.annotations?.[refreshAnnotation] !== undefined ||
    isSkipped(after) !== isSkipped(before) ||
    (after.status?.operationState?.phase === 'Terminating' &&
      before.status?.operationState?.phase !== 'Terminating')
  );
}

function owningApplication(
  object: KubernetesObject,
  get: (key: ResourceKey) => KubernetesObject | undefined,
  depth: number,
): string | undefined {
  const tracked = trackedBy(object);
  if (tracked || depth >= maximumDepth) return tracked;
  for (const owner of object.metadata.ownerReferences ?? []) {
    const parent = get({
      group: groupVersion(owner.apiVersion)[0],
      kind: owner.kind,
      namespace: object.metadata.namespace ?? '',
      name: owner.name,
    });
    const name = parent && owningApplication(parent, get, depth + 1);
    if (name) return name;
  }
  return undefined;
}
