import { Condition } from '../application';
import { withoutUndefined } from '../json/json';
import { groupVersion, KubernetesObject, keyOf, keyText, ResourceType } from '../kubernetes/types';
import { trackingAnnotation, trackingId } from './tracking';

/** Manifests made ready to be compared and applied. */
export interface Targets {
  objects: KubernetesObject[];
  conditions: Condition[];
}

/**
 * Gives manifests their namespace and tracking annotation. Of manifests with the same key the last one counts.
 * @param typeOf - the cluster's type of a kind; undefined for unknown ones, which are taken as namespaced.
 */
export function prepareTargets(
  manifests: KubernetesObject[],
  application: string,
  namespace: string,
  typeOf: (group: string, kind: string) => ResourceType | undefined,
): Targets {
  const byKey = new Map<string, { object: KubernetesObject; count: number }>();
  for (const manifest of manifests) {
    if (isHook(manifest)) continue;
    const object = place(manifest, application, namespace, typeOf);
    const key = keyText(keyOf(object));
    byKey.set(key, { object, count: (byKey.get(key)?.count ?? 0) + 1 });
  }
  const conditions = [...byKey].flatMap(([key, { count }]): Condition[] =>
    count < 2
      ? []
      : [
          {
            type: 'RepeatedResourceWarning',
            message: `Resource ${key} appeared ${count} times among application resources.`,
          },
        ],
  );
  return { objects: [...byKey.values()].map(entry => entry.object), conditions };
}

function place(
  manifest: KubernetesObject,
  application: string,
  namespace: string,
  typeOf: (group: string, kind: string) => ResourceType | undefined,
): KubernetesObject {
  const [group] = groupVersion(manifest.apiVersion);
  const namespaced = typeOf(group, manifest.kind)?.namespaced ?? true;
  const { namespace: own, ...metadata } = manifest.metadata;
  const placed = namespaced ? { ...metadata, namespace: own || namespace } : metadata;
  const key = keyOf({ ...manifest, metadata: placed });
  const annotations = {
    ...metadata.annotations,
    [trackingAnnotation]: trackingId(application, key),
  };
  return withoutUndefined({ ...manifest, metadata: { ...placed, annotations } });
}

/** Hooks are no part of the compared state. This stand-in does not run them: its cluster runs no Jobs. */
function isHook(object: KubernetesObject): boolean {
  const annotations = object.metadata.annotations ?? {};
  return Boolean(annotations['argocd.argoproj.io/hook'] ?? annotations['helm.sh/hook']);
}
