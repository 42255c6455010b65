import { timestamp } from '../model/clock';
import { withoutUndefined } from '../model/json';
import { qosClass } from '../model/qos';
import { Condition, ContainerStatus, Pod, PodStatus } from '../model/workloads';

/** What the kubelet knows of a pod beside its containers. */
export interface PodPlace {
  podIP: string;
  hostIP: string;
  /** RFC 3339: when the kubelet took the pod on. */
  startTime: string;
}

function phaseOf(pod: Pod, containers: ContainerStatus[]): PodStatus['phase'] {
  const ended = containers.map(({ state }) => state.terminated);
  const restarts = pod.spec.restartPolicy ?? 'Always';
  if (ended.length > 0 && ended.every(state => state !== undefined)) {
    const failed = ended.some(state => state.exitCode !== 0);
    if (restarts === 'Never' || (restarts === 'OnFailure' && !failed)) {
      return failed ? 'Failed' : 'Succeeded';
    }
  }
  const isWaitingFirst = containers.some(
    ({ state, lastState }) => state.waiting && !lastState.terminated,
  );
  return isWaitingFirst || containers.length === 0 ? 'Pending' : 'Running';
}

function unready(containers: ContainerStatus[], phase: PodStatus['phase']) {
  const names = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  if (names.length === 0) {
    return { status: 'True' as const };
  }
  if (phase === 'Succeeded') {
    return { status: 'False' as const, reason: 'PodCompleted' };
  }
  return {
    status: 'False' as const,
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names.join(' ')}]`,
  };
}

/**
 * The status of a pod, as the kubelet reports it. A condition keeps its time while its status does not change.
 * @param now - milliseconds since 1970
 */
export function podStatus(
  pod: Pod,
  containers: ContainerStatus[],
  place: PodPlace,
  now: number,
): PodStatus {
  const phase = phaseOf(pod, containers);
  const readiness = unready(containers, phase);
  const hasAddress = containers.some(({ containerID }) => containerID !== undefined);
  const wanted: (Pick<Condition, 'type' | 'status'> & { reason?: string; message?: string })[] = [
    { type: 'PodReadyToStartContainers', status: 'True' },
    { type: 'Initialized', status: 'True' },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
    { type: 'PodScheduled', status: 'True' },
  ];
  const conditions = wanted.map((next): Condition => {
    const before = pod.status?.conditions?.find(item => item.type === next.type);
    return withoutUndefined({
      type: next.type,
      status: next.status,
      lastProbeTime: null,
      lastTransitionTime:
        before?.status === next.status ? before.lastTransitionTime : timestamp(now),
      reason: next.reason,
      message: next.message,
    });
  });
  return withoutUndefined({
    observedGeneration: pod.metadata.generation,
    phase,
    conditions,
    hostIP: place.hostIP,
    hostIPs: [{ ip: place.hostIP }],
    podIP: hasAddress ? place.podIP : undefined,
    podIPs: hasAddress ? [{ ip: place.podIP }] : undefined,
    startTime: place.startTime,
    containerStatuses: containers,
    qosClass: pod.status?.qosClass ?? qosClass(pod.spec.containers),
  });
}
