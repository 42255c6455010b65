import { KubernetesObject, keyOf, ResourceKey } from '../kubernetes/types';

/** Names the application that a resource belongs to, and the resource itself. */
export const trackingAnnotation = 'argocd.argoproj.io/tracking-id';

/** `application:group/Kind:namespace/name`. */
export function trackingId(application: string, key: ResourceKey): string {
  return `${application}:${key.group}/${key.kind}:${key.namespace}/${key.name}`;
}

/**
 * The application that an object was deployed by.
 * @returns undefined for objects without the annotation, and for those that merely inherited it: a ReplicaSet carries a
 * copy of its Deployment's annotations, which name the Deployment.
 */
export function trackedBy(object: KubernetesObject): string | undefined {
  const id = object.metadata.annotations?.[trackingAnnotation];
  if (!id) return undefined;
  const application = id.slice(0, id.indexOf(':'));
  return id === trackingId(application, keyOf(object)) ? application : undefined;
}
