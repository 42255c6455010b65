import { appliedObject } from '../diff/resourceDiff';
import { sameState } from '../diff/sameState';
import { createMergePatch } from '../json/mergePatch';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesClient, KubernetesError } from '../kubernetes/kubernetesClient';
import { groupVersion, KubernetesObject, keyOf, ResourceType } from '../kubernetes/types';

/** Where applies go. */
export interface ApplyContext {
  client: KubernetesClient;
  cache: ClusterCache;
}

/**
 * Applies a manifest as `kubectl apply` does.
 * @returns kubectl's words, for example `deployment.apps/web configured`.
 * @throws {@link KubernetesError} with the API server's reason.
 */
export async function applyResource(
  target: KubernetesObject,
  context: ApplyContext,
  dryRun = false,
): Promise<string> {
  const { client, cache } = context;
  const type = requireType(target, cache);
  const live = cache.get(keyOf(target));
  const wanted = appliedObject(live, target);
  const suffix = dryRun ? ' (dry run)' : '';
  if (!live) {
    if (!dryRun) cache.written(await client.create(type, wanted));
    return `${describe(target)} created${suffix}`;
  }
  // Compared by meaning, so that "1" for "1000m" is no reason to write.
  if (sameState(live, wanted)) return `${describe(target)} unchanged${suffix}`;
  if (!dryRun) {
    const { namespace = '', name } = target.metadata;
    const patch = createMergePatch(live, wanted);
    cache.written(await client.mergePatch(type, namespace, name, patch));
  }
  return `${describe(target)} configured${suffix}`;
}

/** The type under which an object is served. @throws {@link KubernetesError} when the cluster has no such type. */
export function requireType(object: KubernetesObject, cache: ClusterCache): ResourceType {
  const { group, kind, namespace, name } = keyOf(object);
  const type = cache.resourceType(group, kind);
  const [, version] = groupVersion(object.apiVersion);
  if (type) return { ...type, version };
  throw new KubernetesError(
    404,
    'NotFound',
    `The Kubernetes API could not find ${group}/${kind} for requested resource ${namespace}/${name}. Make sure the "${kind}" CRD is installed on the destination cluster.`,
  );
}

function describe(object: KubernetesObject): string {
  const { group, kind, name } = keyOf(object);
  return `${kind.toLowerCase()}${group ? `.${group}` : ''}/${name}`;
}
