import { kinds } from './model/resources';
import { ClusterObjects } from './objects/ClusterObjects';

const manager = 'kube-apiserver';
const namespaces = ['default', 'kube-system', 'argocd'];

/** The priority classes of gitops/platform/priority-classes.yaml, which this platform plays itself. */
const priorityClasses = [
  { name: 'platform-critical', value: 100_000, preemptionPolicy: 'PreemptLowerPriority' },
  { name: 'tenant-workload', value: 1_000, preemptionPolicy: 'Never' },
];

/** Creates what a cluster must have before anything is deployed to it, where it is not there yet. */
export function createFirstObjects(objects: ClusterObjects): void {
  for (const name of namespaces) {
    if (!objects.store.get(kinds.namespace, undefined, name)) {
      const draft = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      objects.create(kinds.namespace, draft, { manager });
    }
  }
  for (const { name, ...rules } of priorityClasses) {
    if (!objects.store.get(kinds.priorityClass, undefined, name)) {
      const apiVersion = 'scheduling.k8s.io/v1';
      const draft = { apiVersion, kind: 'PriorityClass', metadata: { name }, ...rules };
      objects.create(kinds.priorityClass, draft, { manager });
    }
  }
}
