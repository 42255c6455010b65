import { KubernetesObject } from '../kubernetes/types';

const waveAnnotation = 'argocd.argoproj.io/sync-wave';
const helmWeight = 'helm.sh/hook-weight';

// Helm's install order, which Argo CD takes over within a wave.
const kindOrder = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];

/** The wave of a resource; 0 without the annotation. */
export function waveOf(object: KubernetesObject): number {
  const annotations = object.metadata.annotations ?? {};
  const wave = Number.parseInt(annotations[waveAnnotation] ?? annotations[helmWeight] ?? '0', 10);
  return Number.isNaN(wave) ? 0 : wave;
}

/** Orders resources for a sync: wave, then kind, then name. */
export function compareForSync(left: KubernetesObject, right: KubernetesObject): number {
  return (
    waveOf(left) - waveOf(right) ||
    kindRank(left.kind) - kindRank(right.kind) ||
    left.metadata.name.localeCompare(right.metadata.name)
  );
}

/** Kinds that are not in the list, such as custom resources, come last. */
function kindRank(kind: string): number {
  const at = kindOrder.indexOf(kind);
  return at < 0 ? kindOrder.length : at;
}
