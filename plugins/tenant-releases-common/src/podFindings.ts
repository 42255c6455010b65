import { finding, isWithin, secondsSince, type Finding } from './releaseFindings';
import type { PodState, ReleaseParts } from './releaseParts';
import { shorten } from './shorten';
import { isUntouched } from './syncFindings';

/** A rollout that takes longer is not one any more. Seconds. */
const rolloutSeconds = 600;
/** Pods appear within this time after a sync. Seconds. */
const firstPodSeconds = 60;
/** A pod that is not ready for longer needs attention. Seconds. */
const readySeconds = 300;

const imageReasons = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
]);
const startingReasons = new Set(['ContainerCreating', 'PodInitializing']);

/** What the pods tell, compared with what should run. */
export function podFindings(parts: ReleaseParts): Finding[] {
  const { pods, freshness } = parts;
  if (freshness.kubernetes.state === 'unknown') return [];
  if (pods.length === 0) return noPods(parts);
  const told = pods.filter(pod => pod.version !== undefined);
  return [...untoldPods(pods), ...(told.length > 0 ? toldPods({ ...parts, pods: told }) : [])];
}

function toldPods(parts: ReleaseParts): Finding[] {
  const { pods, application } = parts;
  const broken = brokenPods(pods);
  const target = targetVersion(parts);
  const onTarget = pods.filter(pod => pod.version === target);
  const isStuck = onTarget.length > 0 && onTarget.every(isBroken);
  if (target === undefined) return [...broken, ...versionUntold(parts)];
  if (application?.health.status === 'Suspended') {
    return [...broken, ...paused(parts, target, onTarget.length)];
  }
  if (onTarget.length < pods.length && !isStuck) {
    return [...broken, otherVersions(parts, target, onTarget.length)];
  }
  return broken.length > 0 ? broken : notReady(parts);
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
  return [finding('unknown', 'PODS_INVALID', text, oldestStart(untold))];
}

/** Pods that all run what Git wants are right, whichever version Argo CD has synced. */
function versionUntold({ pods, desired, application }: ReleaseParts): Finding[] {
  const wanted = application?.follows ? application.follows.version : desired?.file?.version;
  if (!application || isUntouched(application)) return [];
  if (wanted !== undefined && pods.every(pod => pod.version === wanted)) return [];
  return [
    finding(
      'unknown',
      'SYNC_UNKNOWN',
      `Which version Argo CD has synced cannot be told; the pods run ${versions(pods)}.`,
    ),
  ];
}

/** Argo CD calls Suspended what waits by somebody's wish: a canary step, an analysis, a paused Deployment. */
function paused(
  { pods, application }: Pick<ReleaseParts, 'pods' | 'application'>,
  target?: string,
  onTarget = 0,
): Finding[] {
  const { healthSince, workloads } = application!;
  const { step, steps } = workloads?.paused ?? {};
  const of = steps === undefined ? '' : ` of ${steps}`;
  const at = step === undefined ? '' : ` at step ${step}${of}`;
  const run =
    pods.length === 0 ? 'no pod runs' : `${onTarget} of ${pods.length} pods run ${target}`;
  return [
    finding(
      'progressing',
      'ROLLOUT_PAUSED',
      `Paused${at}: ${run}. It waits for approval or analysis.`,
      healthSince,
    ),
  ];
}

function noPods({ application, freshness, now }: ReleaseParts): Finding[] {
  // Without an Application, or before its first sync, there is nothing that would start pods; that is said elsewhere.
  if (!application || isUntouched(application)) return [];
  // Where nothing can be deployed to, nothing was.
  if (application.destinationProblem !== undefined) return [];
  const { operation, health, sync, workloads = {} } = application;
  const since = operation?.finishedAt;
  if (workloads.isPeriodic) {
    const text = 'It is a CronJob or Job: no pod is there between two runs.';
    return [finding('in-sync', 'BETWEEN_RUNS', text)];
  }
  if (workloads.replicas === 0) {
    return [finding('in-sync', 'SCALED_TO_ZERO', 'Scaled to zero: no pod is wanted.')];
  }
  if (freshness.kubernetes.state !== 'ok') {
    return [finding('unknown', 'NO_PODS', 'Kubernetes had told of no pod before it went away.')];
  }
  if (health.status === 'Suspended') return paused({ pods: [], application });
  const isStarting =
    health.status === 'Progressing' ||
    operation?.phase === 'Running' ||
    isWithin(since, firstPodSeconds, now);
  if (isStarting) return [finding('progressing', 'NO_PODS', 'No pod is there yet.', since)];
  // Argo CD calls a workload that lacks a pod Progressing or Degraded.
  const isHealthy = sync.status === 'Synced' && health.status === 'Healthy';
  if (workloads.replicas === undefined && isHealthy) {
    const text =
      'No pod with the labels of tenantReleases.pods is there, and Argo CD calls it Healthy: it is scaled to zero, or its pods carry different labels.';
    return [finding('in-sync', 'SCALED_TO_ZERO', text)];
  }
  return [finding('degraded', 'NO_PODS', 'Argo CD has synced it, but no pod is there.', since)];
}

function isBroken({ waiting }: PodState): boolean {
  return waiting !== undefined && !startingReasons.has(waiting);
}

function brokenPods(pods: PodState[]): Finding[] {
  const found: Finding[] = [];
  const crashing = pods.filter(pod => pod.waiting === 'CrashLoopBackOff');
  if (crashing.length > 0) {
    found.push(
      finding(
        'degraded',
        'CRASH_LOOPING',
        `${crashing.length} of ${pods.length} pods crash again and again (${versions(crashing)}).`,
        oldestStart(crashing),
      ),
    );
  }
  const withoutImage = pods.filter(pod => imageReasons.has(pod.waiting ?? ''));
  if (withoutImage.length > 0) {
    found.push(
      finding(
        'degraded',
        'IMAGE_PULL',
        `${withoutImage.length} of ${pods.length} pods cannot start: the image ${versions(
          withoutImage,
        )} is not in the registry, or the registry refuses it.`,
        oldestStart(withoutImage),
      ),
    );
  }
  const blocked = pods.filter(
    pod => isBroken(pod) && !crashing.includes(pod) && !withoutImage.includes(pod),
  );
  if (blocked.length > 0) {
    found.push(
      finding(
        'degraded',
        'HEALTH_DEGRADED',
        `${blocked.length} of ${pods.length} pods cannot start: ${shorten(
          `${blocked[0].waiting}`,
          80,
        )}.`,
        oldestStart(blocked),
      ),
    );
  }
  return found;
}

function otherVersions(
  { pods, application, now }: ReleaseParts,
  target: string,
  onTarget: number,
): Finding {
  const operation = application?.operation;
  const since = operation?.finishedAt ?? operation?.startedAt;
  const rolling =
    application?.health.status === 'Progressing' ||
    operation?.phase === 'Running' ||
    isWithin(since, onTarget > 0 ? rolloutSeconds : firstPodSeconds, now);
  if (rolling) {
    return finding(
      'progressing',
      'ROLLING_OUT',
      `${onTarget} of ${pods.length} pods run ${target}.`,
      since,
    );
  }
  const others = pods.filter(pod => pod.version !== target);
  return finding(
    'drifted',
    'IMAGE_DIFFERS',
    `${others.length} of ${pods.length} pods run ${versions(others)} instead of ${target}.`,
    oldestStart(others),
  );
}

function notReady({ pods, application, now }: ReleaseParts): Finding[] {
  const waiting = pods.filter(pod => !pod.ready);
  if (waiting.length > 0) {
    const since = oldestStart(waiting);
    const late = (secondsSince(since, now) ?? 0) > readySeconds;
    const text = `${pods.length - waiting.length} of ${pods.length} pods are ready.`;
    return [
      late
        ? finding('degraded', 'HEALTH_DEGRADED', text, since)
        : finding('progressing', 'ROLLING_OUT', text, since),
    ];
  }
  if (application?.health.status === 'Progressing') {
    return [
      finding(
        'progressing',
        'ROLLING_OUT',
        'All pods run it; Argo CD waits for the rest to become healthy.',
        application.operation?.finishedAt,
      ),
    ];
  }
  return [];
}

function versions(pods: PodState[]): string {
  return [...new Set(pods.map(pod => pod.version))].sort().join(', ');
}

function oldestStart(pods: PodState[]): string | undefined {
  return pods.flatMap(pod => pod.startedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}
