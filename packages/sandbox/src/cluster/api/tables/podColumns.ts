import { isTerminating } from '../../model/objects';
import { Pod } from '../../model/workloads';
import { ageSince } from './age';

/** `1/2`: ready containers of all. */
export function podIsReady(pod: Pod): string {
  const ready = pod.status?.containerStatuses?.filter(status => status.ready).length ?? 0;
  return `${ready}/${pod.spec.containers.length}`;
}

/** The one word that says best how a pod is (printPod in Kubernetes' printers). */
export function podReason(pod: Pod): string {
  const statuses = pod.status?.containerStatuses ?? [];
  const states = statuses.map(({ state }) => state);
  const waiting = states.map(({ waiting: at }) => at?.reason).find(Boolean);
  const ended = states.map(({ terminated }) => terminated?.reason).find(Boolean);
  if (isTerminating(pod)) {
    return 'Terminating';
  }
  return waiting ?? ended ?? pod.status?.phase ?? 'Pending';
}

/** `2 (15s ago)`: restarts of all containers and when the last one ended. */
export function podRestarts(pod: Pod, now: number): string {
  const statuses = pod.status?.containerStatuses ?? [];
  const count = statuses.reduce((sum, status) => sum + status.restartCount, 0);
  const last = statuses
    .map(({ lastState }) => lastState.terminated?.finishedAt ?? '')
    .sort()
    .pop();
  return count > 0 && last ? `${count} (${ageSince(last, now)} ago)` : String(count);
}
