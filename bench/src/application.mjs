/** Applications as a real Argo CD answers them, in shape and size: about 27 KB each, with ten entries of history. */
import { createHash } from 'node:crypto';

const sha = text => createHash('sha1').update(text).digest('hex');

/** The Application of a tenant. */
export function makeApplication(name, index, version) {
  const source = {
    repoURL: 'https://git.example.com/acme/platform.git',
    path: 'charts/tenant',
    targetRevision: 'main',
    helm: { releaseName: name, valueFiles: [`/gitops/tenants/${name}-values.yaml`] },
  };
  const tag = `sha-${sha(`version ${index % 7}`).slice(0, 7)}`;
  const revision = sha('head');
  const resources = kinds.map(([group, kind]) => ({
    ...(group ? { group } : {}),
    version: 'v1',
    kind,
    namespace: name,
    name: `demo-api-${kind.toLowerCase()}`,
    status: 'Synced',
    health: { status: 'Healthy' },
  }));
  return {
    metadata: {
      name,
      namespace: 'argocd',
      uid: uuid(name),
      resourceVersion: String(version),
      generation: 400,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: {
        'tenant-releases.io/tenant': name,
        'tenant-releases.io/service': 'demo-api',
        fleet: 'all',
      },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      managedFields: managedFields(),
    },
    spec: {
      project: name,
      source,
      destination: { name: 'in-cluster', namespace: name },
      syncPolicy: { automated: { prune: true, selfHeal: true }, retry: { limit: 10 } },
    },
    status: {
      sync: {
        status: 'Synced',
        comparedTo: { source, destination: { name: 'in-cluster', namespace: name } },
        revision,
      },
      health: { status: 'Healthy', lastTransitionTime: '2026-01-02T00:00:00Z' },
      resources,
      summary: { images: [`ghcr.io/acme/demo-api:${tag}`] },
      reconciledAt: '2026-01-02T00:00:00Z',
      sourceType: 'Helm',
      controllerNamespace: 'argocd',
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        startedAt: '2026-01-02T00:00:00Z',
        finishedAt: '2026-01-02T00:00:02Z',
        operation: {
          sync: { revision, prune: true },
          initiatedBy: { automated: true },
          retry: { limit: 10 },
        },
        syncResult: {
          revision,
          source,
          resources: resources.map(
            ({ group = '', version: apiVersion, kind, namespace, name: resource }) => ({
              group,
              version: apiVersion,
              kind,
              namespace,
              name: resource,
              status: 'Synced',
              message: `${kind.toLowerCase()}/${resource} configured. Warning: resource is missing the annotation that would let it be applied.`,
              hookPhase: 'Running',
              syncPhase: 'Sync',
              images: [`ghcr.io/acme/demo-api:${tag}`],
            }),
          ),
        },
      },
      history: Array.from({ length: 10 }, (_, id) => ({
        id,
        revision: sha(`${index % 50} ${id}`),
        deployStartedAt: `2026-01-0${(id % 9) + 1}T00:00:00Z`,
        deployedAt: `2026-01-0${(id % 9) + 1}T00:00:02Z`,
        initiatedBy: { automated: true },
        source,
      })),
    },
  };
}

const kinds = [
  ['apps', 'Deployment'],
  ['', 'Service'],
  ['', 'ServiceAccount'],
  ['', 'ConfigMap'],
  ['policy', 'PodDisruptionBudget'],
  ['autoscaling', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io', 'Ingress'],
  ['external-secrets.io', 'ExternalSecret'],
  ['monitoring.coreos.com', 'PodMonitor'],
  ['batch', 'CronJob'],
];

/** What server-side bookkeeping adds: most of a real Application's bytes. */
function managedFields() {
  const leaf = Object.fromEntries(
    Array.from({ length: 68 }, (_, index) => [
      `f:someFieldOfTheStatus${index}`,
      { '.': {}, 'f:value': {}, 'f:lastTransitionTime': {} },
    ]),
  );
  return ['argocd-application-controller', 'argocd-server', 'kubectl'].map(manager => ({
    manager,
    operation: 'Update',
    apiVersion: 'argoproj.io/v1alpha1',
    time: '2026-01-02T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': { 'f:annotations': {} },
      'f:spec': leaf,
      ...(manager === 'kubectl' ? {} : { 'f:status': {} }),
    },
  }));
}

function uuid(text) {
  return sha(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/**
 * Reduces an Application to what Argo CD's parameter `fields` names, as the server does.
 * @param fields - comma-separated paths that begin with `items.`
 */
export function selectFields(application, fields) {
  const result = {};
  for (const path of fields.split(',')) {
    const [first, ...steps] = path.split('.');
    if (first === 'items') copy(application, result, steps);
  }
  return result;
}

function copy(from, to, [step, ...rest]) {
  if (from?.[step] === undefined) return;
  if (rest.length === 0) to[step] = from[step];
  else copy(from[step], (to[step] ??= {}), rest);
}
