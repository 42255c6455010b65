import { shorten } from '@internal/gitops';
import { firstPodSeconds } from './noPodFindings';
import { earliest, versions, versionsOf } from './podWords';
import { finding, isWithin, type Finding } from './releaseFindings';
import type { PodState, ReleaseParts, Workloads } from './releaseParts';

/** A rollout that takes longer is not one any more. Seconds. */
const rolloutSeconds = 600;

/** Whether a pod runs one version, and nothing besides. */
export function runsOnly(pod: PodState, target: string): boolean {
  return pod.version === target && versionsOf(pod).every(version => version === target);
}

/** Why some pods run something else than they should. */
export function rolloutFinding(
  { pods, application, now }: ReleaseParts,
  target: string,
  onTarget: readonly PodState[],
): Finding {
  const { operation, health, workloads } = application ?? {};
  const since = operation?.finishedAt ?? operation?.startedAt;
  const others = pods.filter(pod => !onTarget.includes(pod));
  const run = `${onTarget.length} of ${pods.length} pods run ${target}`;
  const moves = health?.status === 'Progressing' || operation?.phase === 'Running';
  const meant = moves ? undefined : meantBy(workloads, target, onTarget, others);
  if (meant) return finding(meant.state, meant.code, `${run}${meant.text}`, since);
  if (moves || isWithin(since, onTarget.length > 0 ? rolloutSeconds : firstPodSeconds, now)) {
    return finding('progressing', 'ROLLING_OUT', `${run}.`, since);
  }
  const isMixed = others.every(({ version }) => version === target);
  return finding(
    'drifted',
    'IMAGE_DIFFERS',
    `${others.length} of ${pods.length} pods run ${versions(others, target)} instead of ${target}${
      isMixed ? ' in one of their containers' : ''
    }.`,
    earliest(others.map(({ startedAt }) => startedAt)),
  );
}

/** Workloads that leave pods of another version by their own settings. */
function meantBy(
  { promoted, manual }: Workloads = {},
  target: string,
  onTarget: readonly PodState[],
  others: readonly PodState[],
): { state: Finding['state']; code: Finding['reason']['code']; text: string } | undefined {
  if (promoted && onTarget.length > 0 && (promoted.version ?? target) === target) {
    const text = `; the Rollout ${shorten(
      promoted.name,
      80,
    )} has been promoted and keeps the others until scaleDownDelaySeconds have passed.`;
    return { state: 'in-sync', code: 'ROLLING_OUT', text };
  }
  if (!manual || others.length > (manual.partition ?? Infinity)) return undefined;
  const { partition, kind, name } = manual;
  const waits =
    partition === undefined
      ? 'waits for its pods to be deleted (OnDelete)'
      : `stays at partition ${partition}`;
  const text = `: the ${kind} ${shorten(name, 80)} ${waits}.`;
  return { state: 'progressing', code: 'ROLLOUT_PAUSED', text };
}
