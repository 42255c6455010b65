import { Health } from '../application';
import { arrayAt, numberAt, stringAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';

// The rules and texts of these functions are those of Argo CD's gitops-engine, pkg/health.

const progressing = (message: string): Health => ({ status: 'Progressing', message });

function condition(object: KubernetesObject, type: string): unknown {
  return arrayAt(object, 'status', 'conditions').find(item => stringAt(item, 'type') === type);
}

function isObserved(object: KubernetesObject): boolean {
  const observed = numberAt(object, 'status', 'observedGeneration') ?? 0;
  return (object.metadata.generation ?? 0) <= observed;
}

/** apps/v1 Deployment. */
export function deploymentHealth(deployment: KubernetesObject): Health {
  if (valueAt(deployment, 'spec', 'paused') === true) {
    return { status: 'Suspended', message: 'Deployment is paused' };
  }
  if (!isObserved(deployment)) {
    return progressing(
      'Waiting for rollout to finish: observed deployment generation less than desired generation',
    );
  }
  if (stringAt(condition(deployment, 'Progressing'), 'reason') === 'ProgressDeadlineExceeded') {
    return {
      status: 'Degraded',
      message: `Deployment "${deployment.metadata.name}" exceeded its progress deadline`,
    };
  }
  const wanted = numberAt(deployment, 'spec', 'replicas');
  const count = (name: string) => numberAt(deployment, 'status', name) ?? 0;
  const updated = count('updatedReplicas');
  if (wanted !== undefined && updated < wanted) {
    return progressing(
      `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`,
    );
  }
  const old = count('replicas') - updated;
  if (old > 0) {
    return progressing(
      `Waiting for rollout to finish: ${old} old replicas are pending termination...`,
    );
  }
  const available = count('availableReplicas');
  if (available < updated) {
    return progressing(
      `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
    );
  }
  return { status: 'Healthy' };
}

/** apps/v1 ReplicaSet. */
export function replicaSetHealth(replicaSet: KubernetesObject): Health {
  if (!isObserved(replicaSet)) {
    return progressing(
      'Waiting for rollout to finish: observed replica set generation less than desired generation',
    );
  }
  const failure = condition(replicaSet, 'ReplicaFailure');
  if (stringAt(failure, 'status') === 'True') {
    return { status: 'Degraded', message: stringAt(failure, 'message') };
  }
  const wanted = numberAt(replicaSet, 'spec', 'replicas');
  const available = numberAt(replicaSet, 'status', 'availableReplicas') ?? 0;
  if (wanted !== undefined && available < wanted) {
    return progressing(
      `Waiting for rollout to finish: ${available} out of ${wanted} new replicas are available...`,
    );
  }
  return { status: 'Healthy' };
}

/** batch/v1 Job. */
export function jobHealth(job: KubernetesObject): Health {
  const failed = condition(job, 'Failed');
  if (failed) return { status: 'Degraded', message: stringAt(failed, 'message') };
  const suspended = condition(job, 'Suspended');
  const complete = condition(job, 'Complete');
  const message = stringAt(suspended ?? complete, 'message');
  if (stringAt(suspended, 'status') === 'True') return { status: 'Suspended', message };
  if (suspended || complete) return { status: 'Healthy', message };
  return { status: 'Progressing' };
}
