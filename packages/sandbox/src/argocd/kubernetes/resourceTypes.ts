import { ResourceType } from './types';

const namespaced: Array<[group: string, version: string, kinds: string[]]> = [
  ['', 'v1', ['ConfigMap', 'Endpoints', 'LimitRange', 'PersistentVolumeClaim', 'Pod']],
  ['', 'v1', ['ResourceQuota', 'Secret', 'Service', 'ServiceAccount']],
  ['apps', 'v1', ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']],
  ['argoproj.io', 'v1alpha1', ['Application', 'AppProject']],
  ['autoscaling', 'v2', ['HorizontalPodAutoscaler']],
  ['batch', 'v1', ['CronJob', 'Job']],
  ['discovery.k8s.io', 'v1', ['EndpointSlice']],
  ['networking.k8s.io', 'v1', ['Ingress', 'NetworkPolicy']],
  ['policy', 'v1', ['PodDisruptionBudget']],
  ['rbac.authorization.k8s.io', 'v1', ['Role', 'RoleBinding']],
];

const clusterWide: typeof namespaced = [
  ['', 'v1', ['Namespace', 'Node']],
  ['rbac.authorization.k8s.io', 'v1', ['ClusterRole', 'ClusterRoleBinding']],
  ['scheduling.k8s.io', 'v1', ['PriorityClass']],
];

const irregular: Record<string, string> = {
  Endpoints: 'endpoints',
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
  PriorityClass: 'priorityclasses',
};

function expand(table: typeof namespaced, isNamespaced: boolean): ResourceType[] {
  return table.flatMap(([group, version, kinds]) =>
    kinds.map(kind => ({
      group,
      version,
      kind,
      plural: irregular[kind] ?? `${kind.toLowerCase()}s`,
      namespaced: isNamespaced,
    })),
  );
}

/** The types a cluster usually has; what tests start from. */
export const commonResourceTypes: readonly ResourceType[] = [
  ...expand(namespaced, true),
  ...expand(clusterWide, false),
];

/** Kinds that are never part of an application: they change all the time and nobody deploys them. */
const unwatchedKinds = new Set(['Event', 'Lease', 'ComponentStatus']);
const unwatchedGroups = new Set(['metrics.k8s.io', 'events.k8s.io', 'coordination.k8s.io']);

/** Whether the live state of a type is worth watching (Argo CD's default `resource.exclusions`). */
export function isWatched(type: ResourceType): boolean {
  return !unwatchedKinds.has(type.kind) && !unwatchedGroups.has(type.group);
}

/** Where Argo CD's own objects are served. */
export const applicationType: ResourceType = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
};

/** The type of Argo CD's projects. */
export const projectType: ResourceType = {
  ...applicationType,
  kind: 'AppProject',
  plural: 'appprojects',
};

/** The type of the events that Argo CD writes about applications. */
export const eventType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};
