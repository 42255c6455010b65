import { Health } from '../application';
import { arrayAt, numberAt, stringAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';

/** v1 Pod, by the rules of Argo CD's gitops-engine, pkg/health. */
export function podHealth(pod: KubernetesObject): Health {
  const message = stringAt(pod, 'status', 'message');
  const containers = arrayAt(pod, 'status', 'containerStatuses');
  const longRunning = (stringAt(pod, 'spec', 'restartPolicy') ?? 'Always') === 'Always';
  if (longRunning) {
    const stuck = containers.filter(container => isStuck(waitingReason(container)));
    if (stuck.length > 0) {
      const messages = stuck.map(each => stringAt(each, 'state', 'waiting', 'message') ?? '');
      return { status: 'Degraded', message: messages.join(', ') };
    }
  }
  switch (stringAt(pod, 'status', 'phase')) {
    case 'Pending':
      return { status: 'Progressing', message };
    case 'Succeeded':
      return { status: 'Healthy', message };
    case 'Failed':
      return { status: 'Degraded', message: message || failureOf(pod) };
    case 'Running':
      if (!longRunning) return { status: 'Progressing', message };
      if (isReady(pod)) return { status: 'Healthy', message };
      return containers.some(each => valueAt(each, 'lastState', 'terminated'))
        ? { status: 'Degraded', message }
        : { status: 'Progressing', message };
    default:
      return { status: 'Unknown', message };
  }
}

/** Whether the pod's Ready condition is true. */
export function isReady(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'status', 'conditions').some(
    item => stringAt(item, 'type') === 'Ready' && stringAt(item, 'status') === 'True',
  );
}

function waitingReason(container: unknown): string {
  return stringAt(container, 'state', 'waiting', 'reason') ?? '';
}

function isStuck(reason: string): boolean {
  return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff');
}

function failureOf(pod: KubernetesObject): string | undefined {
  const all = [
    ...arrayAt(pod, 'status', 'initContainerStatuses'),
    ...arrayAt(pod, 'status', 'containerStatuses'),
  ];
  for (const container of all) {
    const terminated = valueAt(container, 'state', 'terminated');
    const message = stringAt(terminated, 'message');
    if (message) return message;
    if (stringAt(terminated, 'reason') === 'OOMKilled') return 'OOMKilled';
    const exitCode = numberAt(terminated, 'exitCode') ?? 0;
    if (exitCode !== 0) {
      return `container "${stringAt(container, 'name')}" failed with exit code ${exitCode}`;
    }
  }
  return undefined;
}
