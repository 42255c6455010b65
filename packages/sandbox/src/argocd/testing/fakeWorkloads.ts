import { numberAt, objectAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { FakeKubernetes } from './fakeKubernetes';

/** What the cluster's own controllers make of a Deployment: a ReplicaSet, pods and a status. */
export function rollOut(
  kubernetes: FakeKubernetes,
  namespace: string,
  name: string,
  pods: 'ready' | 'starting' = 'ready',
): void {
  const deployment = kubernetes.find('Deployment', namespace, name);
  if (!deployment) throw new Error(`there is no Deployment ${namespace}/${name}`);
  const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const ready = pods === 'ready' ? replicas : 0;
  const template = objectAt(deployment, 'spec', 'template');
  const replicaSet = kubernetes.put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-1`,
      namespace,
      ownerReferences: [ownerOf(deployment)],
      annotations: { ...deployment.metadata.annotations, 'deployment.kubernetes.io/revision': '1' },
    },
    spec: { replicas, template },
    status: { observedGeneration: 1, replicas, availableReplicas: ready },
  });
  for (let at = 0; at < replicas; at++) {
    kubernetes.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-1-${at}`, namespace, ownerReferences: [ownerOf(replicaSet)] },
      spec: { nodeName: 'node', ...(valueAt(template, 'spec') as object) },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: pods === 'ready' ? 'True' : 'False' }],
        containerStatuses: [{ ready: pods === 'ready', restartCount: 0, state: { running: {} } }],
      },
    });
  }
  kubernetes.put({
    ...deployment,
    status: {
      observedGeneration: deployment.metadata.generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  });
}

function ownerOf(object: KubernetesObject) {
  const { name, uid = '' } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, uid };
}
