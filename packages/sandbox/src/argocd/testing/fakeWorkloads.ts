import { numberAt, objectAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { FakeKubernetes } from './fakeKubernetes';

type PodState = 'ready' | 'starting' | 'image-missing';

/** What the cluster's own controllers make of a Deployment: a ReplicaSet, pods and a status. */
export function rollOut(
  kubernetes: FakeKubernetes,
  namespace: string,
  name: string,
  state: PodState = 'ready',
): void {
  const deployment = kubernetes.find('Deployment', namespace, name);
  if (!deployment) throw new Error(`there is no Deployment ${namespace}/${name}`);
  const revision = { 'deployment.kubernetes.io/revision': '1' };
  const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const ready = state === 'ready' ? replicas : 0;
  const template = objectAt(deployment, 'spec', 'template');
  const replicaSet = kubernetes.put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-1`,
      namespace,
      ownerReferences: [ownerOf(deployment)],
      annotations: { ...deployment.metadata.annotations, ...revision },
    },
    spec: { replicas, template },
    status: { observedGeneration: 1, replicas, availableReplicas: ready },
  });
  for (let at = 0; at < replicas; at++) {
    kubernetes.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-1-${at}`,
        namespace,
        labels: { app: name },
        ownerReferences: [ownerOf(replicaSet)],
      },
      spec: { nodeName: at % 2 ? 'node-b' : 'node-a', ...(valueAt(template, 'spec') as object) },
      status: podStatus(state),
    });
  }
  const current = kubernetes.find('Deployment', namespace, name) ?? deployment;
  kubernetes.put({
    ...current,
    metadata: {
      ...current.metadata,
      annotations: { ...current.metadata.annotations, ...revision },
    },
    status: {
      observedGeneration: current.metadata.generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  });
}

function podStatus(state: PodState): object {
  const ready = state === 'ready';
  const message = 'Back-off pulling image registry.example.com/demo/web:1.2.0-missing: not found';
  const waiting = { waiting: { reason: 'ImagePullBackOff', message } };
  return {
    phase: state === 'image-missing' ? 'Pending' : 'Running',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [
      { ready, restartCount: 0, state: state === 'image-missing' ? waiting : { running: {} } },
    ],
  };
}

function ownerOf(object: KubernetesObject) {
  const { name, uid = '' } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, uid };
}
