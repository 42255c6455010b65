/** Whole objects of Argo CD and Kubernetes, as the servers answer them, for one tenant. */

/** RFC 3339, so many seconds ago. */
export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** What is said of an Application; `spec` and `status` replace their keys one by one. */
export interface ApplicationParts {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  spec?: object;
  status?: object;
}

/** The repository that the test portal reads. */
export const repoURL = 'https://git.example.com/acme/platform.git';

/** An Application that is in sync at a revision, of the tenant that it is called after. */
export function applicationOf(
  tenant: string,
  revision: string,
  { name, namespace = 'argocd', labels = {}, spec, status }: Partial<ApplicationParts> = {},
): object {
  return {
    metadata: { name: name ?? tenant, namespace, labels },
    spec: {
      project: tenant,
      source: {
        repoURL,
        path: 'charts/tenant',
        targetRevision: 'main',
        helm: { valueFiles: [`/gitops/tenants/${tenant}-values.yaml`] },
      },
      destination: { name: 'in-cluster', namespace: tenant },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
      ...spec,
    },
    status: {
      sync: { status: 'Synced', revision },
      health: { status: 'Healthy', lastTransitionTime: ago(3600) },
      summary: { images: [] },
      operationState: operation('Succeeded', revision),
      history: [{ id: 1, revision, deployedAt: ago(3600) }],
      ...status,
    },
  };
}

/** An operation that was over an hour ago, unless it runs. */
export function operation(phase: string, revision: string, more: object = {}): object {
  return {
    phase,
    message: 'successfully synced (all tasks run)',
    startedAt: ago(3605),
    ...(phase === 'Running' ? {} : { finishedAt: ago(3600) }),
    operation: { sync: { revision } },
    syncResult: { revision },
    ...more,
  };
}

/** What is said of a pod. */
export interface PodParts {
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: object[];
  containers?: object[];
  containerStatuses?: object[];
  ready?: boolean;
  /** Seconds since it was made; default: an hour. */
  age?: number;
  /** Seconds since it has been ready, or not; default: nearly as long as it is there. */
  readyFor?: number;
  /** Replaces keys of its status one by one. */
  status?: object;
}

/** A pod of a tenant. */
export function podOf(tenant: string, name: string, image: string, more: PodParts = {}): object {
  const { namespace = tenant, ready = true, annotations, ownerReferences, age = 3600 } = more;
  return {
    metadata: {
      name,
      namespace,
      creationTimestamp: ago(age),
      labels: more.labels ?? {
        'tenant-releases.io/tenant': tenant,
        'tenant-releases.io/service': 'demo-api',
      },
      ...(annotations ? { annotations } : {}),
      ...(ownerReferences ? { ownerReferences } : {}),
    },
    spec: { containers: more.containers ?? [{ name: 'demo-api', image }] },
    status: {
      phase: 'Running',
      startTime: ago(age),
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: ago(more.readyFor ?? age - 10),
        },
      ],
      containerStatuses: more.containerStatuses ?? [
        { name: 'demo-api', ready, state: { running: { startedAt: ago(age) } } },
      ],
      ...more.status,
    },
  };
}

/** A workload in Argo CD's managed resources. */
export function managed(kind: string, spec: object, status: object = {}): object {
  const group = { CronJob: 'batch', Job: 'batch', Rollout: 'argoproj.io' }[kind] ?? 'apps';
  const state = JSON.stringify({ apiVersion: `${group}/v1`, kind, spec, status });
  return { group, kind, name: 'demo-api', liveState: state, normalizedLiveState: state };
}

/** A pod in Argo CD's tree. */
export function treePod(image: string, more: object = {}): object {
  return {
    kind: 'Pod',
    version: 'v1',
    name: `demo-api-${image.length}`,
    images: [image],
    health: { status: 'Healthy' },
    info: [{ name: 'Containers', value: '1/1' }],
    createdAt: ago(3600),
    ...more,
  };
}
