import type { PodState } from './releaseParts';

/** The kubelet notes the start of a pod and that it is not ready in one go, or nearly. Milliseconds. */
const sameTimeMs = 5_000;

/**
 * Whether pods of one version have never been ready. A pod that has been unready for as long as it has been there was never
 * anything else; of one whose times are not known nothing is said.
 */
export function areNeverReady(pods: readonly PodState[]): boolean {
  return pods.every(({ ready, wasReady, startedAt, unreadySince }) => {
    const late = Date.parse(unreadySince ?? '') - Date.parse(startedAt ?? '');
    return !ready && !wasReady && late <= sameTimeMs;
  });
}
