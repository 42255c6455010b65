import { isUntouched } from './argocdFindings';
import { finding, isWithin, secondsSince, type Finding } from './releaseFindings';
import type { PodState, ReleaseParts } from './releaseParts';
import { shorten } from './shorten';

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
  const { pods, application, desired, freshness } = parts;
  if (freshness.kubernetes.state === 'unknown') return [];
  if (pods.length === 0) return noPods(parts);
  const broken = brokenPods(pods);
  // What Argo CD has synced is what should run; when it cannot be told which version that is, neither can the rest.
  const target = application ? application.version : desired?.file?.version;
  const onTarget = pods.filter(pod => pod.version === target);
  const isStuck = onTarget.length > 0 && onTarget.every(isBroken);
  if (target !== undefined && onTarget.length < pods.length && !isStuck) {
    return [...broken, otherVersions(parts, target, onTarget.length)];
  }
  return broken.length > 0 ? broken : notReady(parts);
}

function noPods({ application, freshness, now }: ReleaseParts): Finding[] {
  // Without an Application, or before its first sync, there is nothing that would start pods; that is said elsewhere.
  if (!application || isUntouched(application) || freshness.kubernetes.state !== 'ok') return [];
  const { operation, health } = application;
  const starting =
    health.status === 'Progressing' ||
    operation?.phase === 'Running' ||
    isWithin(operation?.finishedAt, firstPodSeconds, now);
  return [
    finding(
      starting ? 'progressing' : 'degraded',
      'NO_PODS',
      starting ? 'No pod is there yet.' : 'Argo CD has synced it, but no pod is there.',
      operation?.finishedAt,
    ),
  ];
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
