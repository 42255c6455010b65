/** A kind that the API serves, with what the generic handlers need to know about it. */
export interface Resource {
  /** '' for the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames: string[];
  /** Served by a custom resource definition: atomic lists, no strategic merge patch. */
  custom: boolean;
  /** Has a status subresource; writes to the main resource leave its status alone. */
  status: boolean;
  /** Has a scale subresource (autoscaling/v1 Scale). */
  scale: boolean;
  /** metadata.generation counts changes of the spec. */
  generation: boolean;
  /** `kubectl get all` shows it. */
  inAll: boolean;
}

interface Row {
  plural: string;
  kind: string;
  short?: string[];
  clusterScoped?: boolean;
  status?: boolean;
  scale?: boolean;
  generation?: boolean;
  inAll?: boolean;
}

const groups: Record<string, Row[]> = {
  v1: [
    { plural: 'namespaces', kind: 'Namespace', short: ['ns'], clusterScoped: true, status: true },
    { plural: 'nodes', kind: 'Node', short: ['no'], clusterScoped: true, status: true },
    {
      plural: 'pods',
      kind: 'Pod',
      short: ['po'],
      status: true,
      generation: true,
      inAll: true,
    },
    { plural: 'services', kind: 'Service', short: ['svc'], status: true, inAll: true },
    { plural: 'serviceaccounts', kind: 'ServiceAccount', short: ['sa'] },
    { plural: 'configmaps', kind: 'ConfigMap', short: ['cm'] },
    { plural: 'secrets', kind: 'Secret' },
    { plural: 'events', kind: 'Event', short: ['ev'] },
    { plural: 'endpoints', kind: 'Endpoints', short: ['ep'] },
    { plural: 'limitranges', kind: 'LimitRange', short: ['limits'] },
    { plural: 'resourcequotas', kind: 'ResourceQuota', short: ['quota'], status: true },
  ],
  'apps/v1': [
    {
      plural: 'deployments',
      kind: 'Deployment',
      short: ['deploy'],
      status: true,
      scale: true,
      generation: true,
      inAll: true,
    },
    {
      plural: 'replicasets',
      kind: 'ReplicaSet',
      short: ['rs'],
      status: true,
      scale: true,
      generation: true,
      inAll: true,
    },
    {
      plural: 'statefulsets',
      kind: 'StatefulSet',
      short: ['sts'],
      status: true,
      scale: true,
      generation: true,
      inAll: true,
    },
    {
      plural: 'daemonsets',
      kind: 'DaemonSet',
      short: ['ds'],
      status: true,
      generation: true,
      inAll: true,
    },
  ],
  'autoscaling/v2': [
    {
      plural: 'horizontalpodautoscalers',
      kind: 'HorizontalPodAutoscaler',
      short: ['hpa'],
      status: true,
      inAll: true,
    },
  ],
  'batch/v1': [
    { plural: 'jobs', kind: 'Job', status: true, generation: true, inAll: true },
    {
      plural: 'cronjobs',
      kind: 'CronJob',
      short: ['cj'],
      status: true,
      generation: true,
      inAll: true,
    },
  ],
  'discovery.k8s.io/v1': [{ plural: 'endpointslices', kind: 'EndpointSlice', generation: true }],
  'networking.k8s.io/v1': [
    { plural: 'ingresses', kind: 'Ingress', short: ['ing'], status: true, generation: true },
    { plural: 'networkpolicies', kind: 'NetworkPolicy', short: ['netpol'], generation: true },
  ],
  'policy/v1': [
    {
      plural: 'poddisruptionbudgets',
      kind: 'PodDisruptionBudget',
      short: ['pdb'],
      status: true,
      generation: true,
    },
  ],
  'rbac.authorization.k8s.io/v1': [
    { plural: 'roles', kind: 'Role' },
    { plural: 'rolebindings', kind: 'RoleBinding' },
    { plural: 'clusterroles', kind: 'ClusterRole', clusterScoped: true },
    { plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', clusterScoped: true },
  ],
  'scheduling.k8s.io/v1': [
    {
      plural: 'priorityclasses',
      kind: 'PriorityClass',
      short: ['pc'],
      clusterScoped: true,
      generation: true,
    },
  ],
  'argoproj.io/v1alpha1': [
    { plural: 'applications', kind: 'Application', short: ['app', 'apps'], generation: true },
    { plural: 'appprojects', kind: 'AppProject', short: ['appproj'], generation: true },
    { plural: 'rollouts', kind: 'Rollout', short: ['ro'], status: true, generation: true },
  ],
};

const customGroups = new Set(['argoproj.io']);

function toResource(groupVersion: string, row: Row): Resource {
  const [first, second] = groupVersion.split('/');
  const group = second === undefined ? '' : first;
  return {
    group,
    version: second ?? first,
    plural: row.plural,
    singular: row.kind.toLowerCase(),
    kind: row.kind,
    namespaced: !row.clusterScoped,
    shortNames: row.short ?? [],
    custom: customGroups.has(group),
    status: row.status ?? false,
    scale: row.scale ?? false,
    generation: row.generation ?? false,
    inAll: row.inAll ?? false,
  };
}

/** Every kind that the API serves. */
export const resources: readonly Resource[] = Object.entries(groups).flatMap(
  ([groupVersion, rows]) => rows.map(row => toResource(groupVersion, row)),
);

/** The kind served at a group, version and plural name; undefined when there is none. */
export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return resources.find(
    resource =>
      resource.group === group && resource.version === version && resource.plural === plural,
  );
}

/** Whether anything of this group and version is served. */
export function hasGroupVersion(group: string, version: string): boolean {
  return resources.some(resource => resource.group === group && resource.version === version);
}

/** As {@link findResource}, by apiVersion and kind as they stand in an object. */
export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  return resources.find(
    resource => apiVersionOf(resource) === apiVersion && resource.kind === kind,
  );
}

/** `v1` or `<group>/<version>`. */
export function apiVersionOf(resource: Pick<Resource, 'group' | 'version'>): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}

/** `deployments.apps`: how the API server's messages name a resource. */
export function qualifiedName(resource: Pick<Resource, 'group' | 'plural'>): string {
  return resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
}

function known(apiVersion: string, kind: string): Resource {
  const resource = resourceOfKind(apiVersion, kind);
  if (!resource) {
    throw new Error(`${apiVersion} ${kind} is not in the table of resources`);
  }
  return resource;
}

/** The kinds that controllers and the kubelet work with. */
export const kinds = {
  namespace: known('v1', 'Namespace'),
  node: known('v1', 'Node'),
  pod: known('v1', 'Pod'),
  service: known('v1', 'Service'),
  serviceAccount: known('v1', 'ServiceAccount'),
  configMap: known('v1', 'ConfigMap'),
  secret: known('v1', 'Secret'),
  event: known('v1', 'Event'),
  endpointSlice: known('discovery.k8s.io/v1', 'EndpointSlice'),
  deployment: known('apps/v1', 'Deployment'),
  replicaSet: known('apps/v1', 'ReplicaSet'),
  priorityClass: known('scheduling.k8s.io/v1', 'PriorityClass'),
  autoscaler: known('autoscaling/v2', 'HorizontalPodAutoscaler'),
} as const;
