import { timestamp } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { Resource, kinds } from '../model/resources';
import { Pod, isPodFinished } from '../model/workloads';

/** How an object is to be deleted. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/delete-options/ */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** Set while dependents are deleted before their owner. */
export const foregroundFinalizer = 'foregroundDeletion';
/** Set while dependents are freed from their owner. */
export const orphanFinalizer = 'orphan';

function gracePeriod(resource: Resource, object: KubernetesObject, options: DeleteOptions): number {
  if (resource !== kinds.pod) {
    return 0;
  }
  const pod = object as Pod;
  if (!pod.spec.nodeName || isPodFinished(pod)) {
    return 0;
  }
  return Math.max(0, options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30);
}

function finalizersAfter(object: KubernetesObject, options: DeleteOptions): string[] {
  const others = (object.metadata.finalizers ?? []).filter(
    name => name !== foregroundFinalizer && name !== orphanFinalizer,
  );
  switch (options.propagationPolicy) {
    case 'Foreground':
      return [...others, foregroundFinalizer];
    case 'Orphan':
      return [...others, orphanFinalizer];
    default:
      return others;
  }
}

/** True while something has to happen before the object may go. */
export function hasFinalizers(resource: Resource, object: KubernetesObject): boolean {
  const spec = object.spec as { finalizers?: string[] } | undefined;
  return (
    (object.metadata.finalizers?.length ?? 0) > 0 ||
    (resource === kinds.namespace && (spec?.finalizers?.length ?? 0) > 0)
  );
}

/**
 * What a DELETE makes of an object: `undefined` when it goes at once, else the object marked for deletion, which is the
 * same object when it was already marked and nothing changes.
 * @param now - milliseconds since 1970
 */
export function markForDeletion(
  resource: Resource,
  object: KubernetesObject,
  options: DeleteOptions,
  now: number,
): KubernetesObject | undefined {
  const grace = gracePeriod(resource, object, options);
  const finalizers = finalizersAfter(object, options);
  const marked: KubernetesObject = {
    ...object,
    metadata: { ...object.metadata, finalizers: finalizers.length > 0 ? finalizers : undefined },
  };
  if (grace === 0 && !hasFinalizers(resource, marked)) {
    return undefined;
  }
  const { deletionTimestamp, deletionGracePeriodSeconds, generation } = object.metadata;
  if (deletionTimestamp && grace >= (deletionGracePeriodSeconds ?? 0)) {
    return object;
  }
  return {
    ...marked,
    metadata: {
      ...marked.metadata,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
      deletionTimestamp: timestamp(now + grace * 1000),
      ...(resource === kinds.namespace ? {} : { deletionGracePeriodSeconds: grace }),
    },
    ...(resource === kinds.namespace ? { status: { phase: 'Terminating' } } : {}),
  };
}
