import { timestamp } from '../model/clock';
import { withoutUndefined } from '../model/json';
import { Condition, Deployment, DeploymentStatus, ReplicaSet } from '../model/workloads';
import { rolloutLimits } from './rollout';

const sum = (numbers: (number | undefined)[]) =>
  numbers.reduce<number>((total, number) => total + (number ?? 0), 0);

const positive = (number: number) => (number > 0 ? number : undefined);

/** A condition with its times: the transition keeps its time while the status stays the same. */
function condition(
  previous: Condition | undefined,
  next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  now: number,
): Condition {
  if (
    previous &&
    previous.status === next.status &&
    previous.reason === next.reason &&
    previous.message === next.message
  ) {
    return previous;
  }
  return {
    type: next.type,
    status: next.status,
    lastUpdateTime: timestamp(now),
    lastTransitionTime:
      previous?.status === next.status ? previous.lastTransitionTime : timestamp(now),
    reason: next.reason,
    message: next.message,
  };
}

function available(deployment: Deployment, availableReplicas: number) {
  const { unavailable } = rolloutLimits(deployment.spec);
  return availableReplicas >= deployment.spec.replicas - unavailable
    ? {
        type: 'Available',
        status: 'True' as const,
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False' as const,
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** True when every pod is of the wanted template and available, and no other is left. */
export function isComplete(deployment: Deployment, counts: DeploymentStatus): boolean {
  const { replicas } = deployment.spec;
  return (
    (counts.updatedReplicas ?? 0) === replicas &&
    (counts.replicas ?? 0) === replicas &&
    (counts.availableReplicas ?? 0) === replicas
  );
}

function hasProgressed(previous: DeploymentStatus | undefined, counts: DeploymentStatus): boolean {
  const oldReplicas = (status: DeploymentStatus) =>
    (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (counts.updatedReplicas ?? 0) > (previous?.updatedReplicas ?? 0) ||
    oldReplicas(counts) < oldReplicas(previous ?? {}) ||
    (counts.readyReplicas ?? 0) > (previous?.readyReplicas ?? 0) ||
    (counts.availableReplicas ?? 0) > (previous?.availableReplicas ?? 0)
  );
}

function progressing(
  deployment: Deployment,
  counts: DeploymentStatus,
  setName: string,
  isNewSet: boolean,
  now: number,
): Condition | undefined {
  const previous = deployment.status?.conditions?.find(item => item.type === 'Progressing');
  const say = (status: Condition['status'], reason: string, message: string) =>
    condition(previous, { type: 'Progressing', status, reason, message }, now);
  const set = `ReplicaSet "${setName}"`;
  if (isNewSet) {
    return say('True', 'NewReplicaSetCreated', `Created new replica set "${setName}"`);
  }
  if (isComplete(deployment, counts)) {
    return say('True', 'NewReplicaSetAvailable', `${set} has successfully progressed.`);
  }
  if (hasProgressed(deployment.status, counts)) {
    const message = `${set} is progressing.`;
    const updated = say('True', 'ReplicaSetUpdated', message);
    return { ...updated, lastUpdateTime: timestamp(now) };
  }
  // A rollout that was once complete and lost a pod is not a rollout that hangs.
  if (!previous || previous.reason === 'NewReplicaSetAvailable') {
    return previous ?? say('True', 'ReplicaSetUpdated', `${set} is progressing.`);
  }
  const deadline = deployment.spec.progressDeadlineSeconds * 1000;
  const since = Date.parse(previous.lastUpdateTime ?? previous.lastTransitionTime);
  return previous.status === 'True' && now - since > deadline
    ? say('False', 'ProgressDeadlineExceeded', `${set} has timed out progressing.`)
    : previous;
}

/**
 * The status of a deployment from the status of its sets.
 * @param current - the set with the wanted template
 * @param isNewSet - the set was made, or taken into use again, just now
 * @param now - milliseconds since 1970
 */
export function deploymentStatus(
  deployment: Deployment,
  current: ReplicaSet,
  all: ReplicaSet[],
  isNewSet: boolean,
  now: number,
): DeploymentStatus {
  const replicas = sum(all.map(set => set.status?.replicas));
  const availableReplicas = sum(all.map(set => set.status?.availableReplicas));
  const counts: DeploymentStatus = withoutUndefined({
    observedGeneration: deployment.metadata.generation,
    replicas: positive(replicas),
    updatedReplicas: positive(current.status?.replicas ?? 0),
    readyReplicas: positive(sum(all.map(set => set.status?.readyReplicas))),
    availableReplicas: positive(availableReplicas),
    unavailableReplicas: positive(
      Math.max(0, Math.max(replicas, deployment.spec.replicas) - availableReplicas),
    ),
    terminatingReplicas: sum(all.map(set => set.status?.terminatingReplicas)),
  });
  const before = deployment.status?.conditions ?? [];
  const conditions = [
    condition(
      before.find(item => item.type === 'Available'),
      available(deployment, availableReplicas),
      now,
    ),
    progressing(deployment, counts, current.metadata.name, isNewSet, now),
  ];
  return {
    ...counts,
    conditions: conditions.filter(item => item !== undefined),
  };
}
