import { Application, instanceName, ProjectSpec, resourcesFinalizer } from '../application';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesClient } from '../kubernetes/kubernetesClient';
import { applicationType } from '../kubernetes/resourceTypes';
import { keyOf, keyText } from '../kubernetes/types';
import { requireType } from './applyResource';
import { liveResources } from './compareApplication';
import { waveOf } from './syncOrder';
import { keepsItself } from './syncTasks';

/** Finalizers with which an Application waits for its resources. */
export function hasResourcesFinalizer(finalizers: string[] | undefined): boolean {
  return (finalizers ?? []).some(isResourcesFinalizer);
}

function isResourcesFinalizer(finalizer: string): boolean {
  return finalizer === resourcesFinalizer || finalizer.startsWith(`${resourcesFinalizer}/`);
}

/**
 * One step of deleting an application with its resources, the highest wave first; call it again until it is done.
 * @returns true when the resources are gone and the finalizer was dropped.
 */
export async function deleteApplicationStep(
  application: Application,
  project: ProjectSpec,
  context: { client: KubernetesClient; cache: ClusterCache },
): Promise<boolean> {
  const { client, cache } = context;
  const { name, namespace = '', finalizers = [] } = application.metadata;
  const own = keyText(keyOf(application));
  const remaining = liveResources(instanceName(application), project, cache).filter(
    object => !keepsItself(object) && keyText(keyOf(object)) !== own,
  );
  if (remaining.length === 0) {
    const kept = finalizers.filter(each => !isResourcesFinalizer(each));
    const patch = { metadata: { finalizers: kept.length > 0 ? kept : null } };
    cache.written(await client.mergePatch(applicationType, namespace, name, patch));
    return true;
  }
  if (remaining.some(object => object.metadata.deletionTimestamp)) return false;
  const wave = Math.max(...remaining.map(waveOf));
  const background = finalizers.includes(`${resourcesFinalizer}/background`);
  await Promise.all(
    remaining
      .filter(object => waveOf(object) === wave)
      .map(object =>
        client.delete(
          requireType(object, cache),
          object.metadata.namespace ?? '',
          object.metadata.name,
          background ? 'Background' : 'Foreground',
        ),
      ),
  );
  return false;
}
