import { kinds, Resource } from './model/resources';
import { ClusterObjects, Draft } from './objects/ClusterObjects';

const firstNamespaces = ['default', 'kube-system', 'argocd'];

/** The priority classes of gitops/platform/priority-classes.yaml, which this platform plays itself. */
const priorityClasses: Array<[name: string, value: number, preemptionPolicy: string]> = [
  ['platform-critical', 100_000, 'PreemptLowerPriority'],
  ['tenant-workload', 1_000, 'Never'],
];

const drafts: Array<[Resource, Draft]> = [
  ...firstNamespaces.map((name): [Resource, Draft] => [
    kinds.namespace,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  ]),
  ...priorityClasses.map(([name, value, preemptionPolicy]): [Resource, Draft] => [
    kinds.priorityClass,
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      preemptionPolicy,
    },
  ]),
];

/** Creates what a cluster must have before anything is deployed to it, where it is not there yet. */
export function createFirstObjects(objects: ClusterObjects): void {
  for (const [resource, draft] of drafts) {
    if (!objects.store.get(resource, undefined, String(draft.metadata.name))) {
      objects.create(resource, draft, { manager: 'kube-apiserver' });
    }
  }
}
