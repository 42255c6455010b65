import { arrayAt, numberAt, stringAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { parseQuantity } from '../diff/quantity';

/** A line of information on a node of the resource tree. */
export interface InfoItem {
  name: string;
  value: string;
}

/** The images of a pod's containers, sorted, each once. */
export function podImages(pod: KubernetesObject): string[] {
  const containers = [
    ...arrayAt(pod, 'spec', 'initContainers'),
    ...arrayAt(pod, 'spec', 'containers'),
  ];
  const images = containers.flatMap(container => stringAt(container, 'image') ?? []);
  return [...new Set(images)].sort();
}

/** What a pod's containers ask for together, in thousandths (of a core, of a byte), as Argo CD writes it. */
export function podRequest(pod: KubernetesObject, resource: 'cpu' | 'memory'): number {
  const total = arrayAt(pod, 'spec', 'containers').reduce<number>(
    (sum, container) =>
      sum + (parseQuantity(valueAt(container, 'resources', 'requests', resource)) ?? 0),
    0,
  );
  return Math.round(total * 1000);
}

/** Whether the pod has ended for good. */
export function isEnded(pod: KubernetesObject): boolean {
  return ['Succeeded', 'Failed'].includes(stringAt(pod, 'status', 'phase') ?? '');
}

/** What the tree shows of a pod: reason, node, ready containers, restarts, requests. */
export function podInfo(pod: KubernetesObject): InfoItem[] {
  const statuses = arrayAt(pod, 'status', 'containerStatuses');
  const ready = statuses.filter(
    each => valueAt(each, 'ready') === true && valueAt(each, 'state', 'running') !== undefined,
  );
  const restarts = statuses.reduce<number>(
    (sum, each) => sum + (numberAt(each, 'restartCount') ?? 0),
    0,
  );
  const reason = statusReason(pod, statuses);
  const total = arrayAt(pod, 'spec', 'containers').length;
  return [
    ...(reason ? [{ name: 'Status Reason', value: reason }] : []),
    { name: 'Node', value: stringAt(pod, 'spec', 'nodeName') ?? '' },
    { name: 'Containers', value: `${ready.length}/${total}` },
    ...(restarts > 0 ? [{ name: 'Restart Count', value: String(restarts) }] : []),
    ...(isEnded(pod)
      ? []
      : [
          { name: 'cpu', value: String(podRequest(pod, 'cpu')) },
          { name: 'memory', value: String(podRequest(pod, 'memory')) },
        ]),
  ];
}

/** The word that `kubectl get pods` shows. */
function statusReason(pod: KubernetesObject, statuses: unknown[]): string {
  if (pod.metadata.deletionTimestamp && !isEnded(pod)) return 'Terminating';
  let reason = stringAt(pod, 'status', 'reason') || stringAt(pod, 'status', 'phase') || '';
  let running = false;
  for (const status of [...statuses].reverse()) {
    const waiting = stringAt(status, 'state', 'waiting', 'reason');
    const terminated = valueAt(status, 'state', 'terminated');
    if (waiting) reason = waiting;
    else if (terminated) {
      reason =
        stringAt(terminated, 'reason') || `ExitCode:${numberAt(terminated, 'exitCode') ?? 0}`;
    } else if (valueAt(status, 'ready') === true) running = true;
  }
  return reason === 'Completed' && running ? 'Running' : reason;
}
