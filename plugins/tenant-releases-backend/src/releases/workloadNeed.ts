import type { ApplicationState, PodState } from '../join/releaseParts';
import { isUnreadyForLong } from '../join/unreadyFindings';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/** asked: Argo CD is asked for workloads and pods; known: what it has told before will do. */
export type WorkloadNeed = 'none' | 'known' | 'asked';

/**
 * Whether the pods that are known explain themselves.
 *
 * @param pods - those that are found by their labels
 */
export function workloadNeed(
  { operation, health, sync }: Pick<ApplicationRecord, 'operation' | 'health' | 'sync'>,
  { version }: Pick<ApplicationState, 'version'>,
  pods: readonly PodState[],
  now: Date,
): WorkloadNeed {
  if (health.status === 'Suspended') return 'asked';
  const isSyncing = operation?.phase === 'Running' || operation?.phase === 'Terminating';
  if (pods.length === 0) {
    // Before the first sync no pod is missed; during one they come and go.
    if (operation === undefined && sync.status === 'OutOfSync') return 'none';
    return isSyncing ? 'known' : 'asked';
  }
  if (health.status === 'Progressing') {
    return pods.some(pod => isUnreadyForLong(pod, now)) ? 'asked' : 'none';
  }
  const differs = (pod: PodState) => pod.version !== undefined && pod.version !== version;
  return !isSyncing && version !== undefined && pods.some(differs) ? 'asked' : 'none';
}
