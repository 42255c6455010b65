import { shorten } from '@internal/gitops';
import { noPodFindings } from './noPodFindings';
import { isRolloutPaused, pausedFinding } from './pausedRollout';
import { earliest, versions } from './podWords';
import { finding, type Finding } from './releaseFindings';
import type { PodState, ReleaseParts } from './releaseParts';
import { rolloutFinding, runsOnly } from './rolloutFindings';
import { isUntouched } from './syncFindings';
import { isBroken, startingFindings, unreadyFindings } from './unreadyFindings';

/** What the pods tell, compared with what should run. */
export function podFindings(parts: ReleaseParts): Finding[] {
  const { pods, freshness } = parts;
  if (freshness.kubernetes.state === 'unknown') return [];
  if (pods.length === 0) return noPodFindings(parts);
  // Pods tell images; whether they are up is said by Argo CD's health.
  if (parts.desired?.file?.isChart) return [];
  const told = pods.filter(pod => pod.version !== undefined);
  return [...untoldPods(pods), ...(told.length > 0 ? toldPods({ ...parts, pods: told }) : [])];
}

function toldPods(parts: ReleaseParts): Finding[] {
  const { pods, application } = parts;
  const target = targetVersion(parts);
  if (target === undefined) return [...unreadyFindings(parts), ...versionUntold(parts)];
  const onTarget = pods.filter(pod => runsOnly(pod, target));
  if (application && isRolloutPaused(application)) {
    const run = `${onTarget.length} of ${pods.length} pods run ${target}`;
    return [...unreadyFindings(parts), pausedFinding(application, run)];
  }
  // Where each new pod is broken, that is the reason for the old ones.
  const isStuck = onTarget.length > 0 && onTarget.every(isBroken);
  if (onTarget.length === pods.length || isStuck) {
    const unready = unreadyFindings(parts);
    return unready.length > 0 ? unready : startingFindings(parts);
  }
  const rollout = rolloutFinding(parts, target, onTarget);
  // Pods that a rollout takes away need not be ready.
  const unready = unreadyFindings(parts, rollout.state === 'drifted' ? pods : onTarget);
  const isDone = rollout.state === 'in-sync' && unready.length === 0;
  return [...unready, ...(isDone ? startingFindings({ ...parts, pods: onTarget }) : []), rollout];
}

/** What Argo CD has synced is what should run. */
function targetVersion({ application, desired }: ReleaseParts): string | undefined {
  return application ? application.version : desired?.file?.version;
}

function untoldPods(pods: PodState[]): Finding[] {
  const untold = pods.filter(pod => pod.version === undefined);
  if (untold.length === 0) return [];
  const problem = shorten(untold[0].problem ?? 'no container has the image of the service', 200);
  const text = `Which version ${untold.length} of ${pods.length} pods run cannot be told: ${problem}.`;
  return [
    finding('unknown', 'PODS_INVALID', text, earliest(untold.map(({ startedAt }) => startedAt))),
  ];
}

/** Pods that all run what Git wants are right, whichever version Argo CD has synced. */
function versionUntold({ pods, desired, application }: ReleaseParts): Finding[] {
  const wanted = application?.follows ? application.follows.version : desired?.file?.version;
  if (!application || isUntouched(application)) return [];
  if (wanted !== undefined && pods.every(pod => runsOnly(pod, wanted))) return [];
  return [
    finding(
      'unknown',
      'SYNC_UNKNOWN',
      `Which version Argo CD has synced cannot be told; the pods run ${versions(pods)}.`,
    ),
  ];
}
