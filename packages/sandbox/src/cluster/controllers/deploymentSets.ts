import { canonicalJson, jsonEqual } from '../model/json';
import { controllerReference, isControlledBy } from '../model/objects';
import { kinds } from '../model/resources';
import { Deployment, PodTemplate, ReplicaSet } from '../model/workloads';
import { Draft } from '../objects/ClusterObjects';
import { shortHash } from '../objects/names';
import { ObjectStore } from '../store/ObjectStore';

/** The label by which the pods of one template are told apart. */
export const hashLabel = 'pod-template-hash';
/** Which rollout of its deployment a set belongs to; counts up. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';

const notInherited = [
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
];

/** Annotations of a deployment that its sets carry too. */
export function inheritedAnnotations(deployment: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(
      ([name]) => !notInherited.includes(name),
    ),
  );
}

/** The sets of a deployment, oldest first. */
export function setsOf(store: ObjectStore, deployment: Deployment): ReplicaSet[] {
  return store
    .list(kinds.replicaSet, deployment.metadata.namespace)
    .filter(object => isControlledBy(object, deployment))
    .map(object => object as ReplicaSet)
    .sort((left, right) => revisionOf(left) - revisionOf(right));
}

/** The revision in a set's annotation; 0 when it has none. */
export function revisionOf(set: ReplicaSet | Deployment): number {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [hashLabel]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The set whose pods have the deployment's present template. */
export function currentSet(deployment: Deployment, sets: ReplicaSet[]): ReplicaSet | undefined {
  const wanted = withoutHash(deployment.spec.template);
  return sets.find(set => jsonEqual(withoutHash(set.spec.template), wanted));
}

/** A new set, without pods yet, for the deployment's present template. */
export function newSet(deployment: Deployment, revision: number): Draft {
  const { selector, template, minReadySeconds } = deployment.spec;
  const hash = shortHash(canonicalJson(template));
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {
        ...inheritedAnnotations(deployment),
        [revisionAnnotation]: String(revision),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: {
        ...selector,
        matchLabels: { ...selector.matchLabels, [hashLabel]: hash },
      },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
