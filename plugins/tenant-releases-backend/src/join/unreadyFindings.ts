import { shorten } from '@internal/gitops';
import { earliest, unreadySince, versions } from './podWords';
import {
  defaultGraceSeconds,
  finding,
  isWithin,
  secondsSince,
  type Finding,
} from './releaseFindings';
import type { PodState, ReleaseParts } from './releaseParts';

/** A pod that is not ready for longer needs attention. Seconds. */
const readySeconds = 300;
/**
 * While Argo CD calls a rollout Progressing, Kubernetes' own deadline has not passed; a StatefulSet and a DaemonSet have
 * none. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds Seconds.
 */
const defaultDeadlineSeconds = 600;
/** A deadline beyond this is none. Seconds. */
const longestDeadlineSeconds = 3600;

const imageReasons = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
]);
const startingReasons = new Set(['ContainerCreating', 'PodInitializing']);

/** Whether something else than time keeps a pod from running. */
export function isBroken({ waiting }: PodState): boolean {
  return waiting !== undefined && !startingReasons.has(waiting);
}

/** Whether a pod has not been ready for so long that somebody should look. */
export function isUnreadyForLong(pod: PodState, now: Date, limit = readySeconds): boolean {
  return !pod.ready && (secondsSince(unreadySince(pod), now) ?? 0) > limit;
}

/**
 * What is wrong with pods that do not serve.
 *
 * @param expected - the pods that should be ready by now; others may go
 */
export function unreadyFindings(
  parts: ReleaseParts,
  expected: readonly PodState[] = parts.pods,
): Finding[] {
  const { pods, now } = parts;
  const broken = brokenPods(parts);
  if (broken.some(({ state }) => state === 'degraded')) return broken;
  const limit = readyLimit(parts);
  const late = expected.filter(pod => !isBroken(pod) && isUnreadyForLong(pod, now, limit));
  if (late.length === 0) return broken;
  const since = earliest(late.map(unreadySince));
  return [...broken, finding('degraded', 'HEALTH_DEGRADED', readyPods(pods), since)];
}

/** What is left when no pod is in trouble: some are on their way, or Argo CD waits for something else. */
export function startingFindings({ pods, application }: ReleaseParts): Finding[] {
  const starting = pods.filter(({ ready }) => !ready);
  if (starting.length > 0) {
    const since = earliest(starting.map(unreadySince));
    return [finding('progressing', 'ROLLING_OUT', readyPods(pods), since)];
  }
  if (application?.health.status !== 'Progressing') return [];
  return [
    finding(
      'progressing',
      'ROLLING_OUT',
      'All pods run it; Argo CD waits for the rest to become healthy.',
      application.operation?.finishedAt,
    ),
  ];
}

function readyPods(pods: readonly PodState[]): string {
  return `${pods.filter(({ ready }) => ready).length} of ${pods.length} pods are ready.`;
}

function readyLimit({ application }: ReleaseParts): number {
  if (application?.health.status !== 'Progressing') return readySeconds;
  const deadline = application.workloads?.deadlineSeconds ?? defaultDeadlineSeconds;
  return Math.min(Math.max(deadline, readySeconds), longestDeadlineSeconds);
}

/** The reason is there at once, the colour after the grace time; what crashes again and again has had its time. */
function brokenPods({ pods, now, graceSeconds = defaultGraceSeconds }: ReleaseParts): Finding[] {
  const broken = pods.filter(isBroken);
  const crashing = broken.filter(({ waiting }) => waiting === 'CrashLoopBackOff');
  const withoutImage = broken.filter(({ waiting = '' }) => imageReasons.has(waiting));
  const blocked = broken.filter(pod => !crashing.includes(pod) && !withoutImage.includes(pod));
  const stateOf = (group: PodState[]) =>
    group.every(pod => isWithin(unreadySince(pod), graceSeconds, now)) ? 'progressing' : 'degraded';
  const some = (group: PodState[]) => `${group.length} of ${pods.length} pods`;
  const found: Finding[] = [];
  if (crashing.length > 0) {
    const text = `${some(crashing)} crash again and again (${versions(crashing)}).`;
    found.push(finding('degraded', 'CRASH_LOOPING', text, oldestStart(crashing)));
  }
  if (withoutImage.length > 0) {
    const text = `${some(withoutImage)} cannot start: the image ${missingImages(
      withoutImage,
    )} is not in the registry, or the registry refuses it.`;
    found.push(finding(stateOf(withoutImage), 'IMAGE_PULL', text, oldestStart(withoutImage)));
  }
  if (blocked.length > 0) {
    const text = `${some(blocked)} cannot start: ${shorten(`${blocked[0].waiting}`, 80)}.`;
    found.push(finding(stateOf(blocked), 'HEALTH_DEGRADED', text, oldestStart(blocked)));
  }
  return found;
}

/** The service's image by its version, that of an init container by its name. */
function missingImages(pods: readonly PodState[]): string {
  const own = versions(pods.filter(({ waitingImage }) => waitingImage === undefined));
  const others = pods.flatMap(({ waitingImage }) => waitingImage ?? []);
  return [...new Set([own, ...others])]
    .filter(image => image !== '')
    .map(image => shorten(image, 120))
    .join(', ');
}

function oldestStart(pods: readonly PodState[]): string | undefined {
  return earliest(pods.map(({ startedAt }) => startedAt));
}
