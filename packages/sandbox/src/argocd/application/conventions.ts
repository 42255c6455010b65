import { KubernetesObject } from '../kubernetes/types';

/** The finalizer with which deletion of an Application or AppProject waits for its resources. */
export const resourcesFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** Asks for a refresh; its value is `normal` or `hard`. */
export const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** Whether somebody has told Argo CD to leave an Application alone: it is neither compared, synced nor deleted. */
export function isSkipped({ metadata }: Pick<KubernetesObject, 'metadata'>): boolean {
  return metadata.annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true';
}

/** The one destination cluster there is. */
export const inCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** Where Applications and AppProjects live. */
export const controlPlaneNamespace = 'argocd';

/**
 * What an application is called among all of them: its name, or `namespace_name` outside of Argo CD's own namespace. Neither
 * part can hold an underscore.
 */
export function instanceName({ metadata }: Pick<KubernetesObject, 'metadata'>): string {
  const { name, namespace = controlPlaneNamespace } = metadata;
  return namespace === controlPlaneNamespace ? name : `${namespace}_${name}`;
}

/** Namespace and name of what {@link instanceName} names. */
export function ofInstanceName(instance: string): { namespace: string; name: string } {
  const at = instance.indexOf('_');
  if (at < 0) return { namespace: controlPlaneNamespace, name: instance };
  return { namespace: instance.slice(0, at), name: instance.slice(at + 1) };
}

/** A time as Kubernetes writes it: whole seconds, UTC. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
