/** The finalizer with which deletion of an Application or AppProject waits for its resources. */
export const resourcesFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** Asks for a refresh; its value is `normal` or `hard`. */
export const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** The one destination cluster there is. */
export const inCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** Where Applications and AppProjects live. */
export const controlPlaneNamespace = 'argocd';

/** A time as Kubernetes writes it: whole seconds, UTC. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
