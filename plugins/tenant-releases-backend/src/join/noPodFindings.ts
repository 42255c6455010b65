import { isRolloutPaused, pausedFinding } from './pausedRollout';
import { finding, isWithin, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';
import { isUntouched } from './syncFindings';

/** Pods appear within this time after a sync. Seconds. */
export const firstPodSeconds = 60;

/** Why no pod is there. */
export function noPodFindings({ application, freshness, now }: ReleaseParts): Finding[] {
  // Without an Application, or before its first sync, there is nothing that would start pods; that is said elsewhere.
  if (!application || isUntouched(application)) return [];
  // Where nothing can be deployed to, nothing was.
  if (application.destinationProblem !== undefined) return [];
  const { operation, health, workloads = {} } = application;
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
  if (isRolloutPaused(application)) return [pausedFinding(application, 'no pod runs')];
  const isStarting =
    health.status === 'Progressing' ||
    operation?.phase === 'Running' ||
    isWithin(since, firstPodSeconds, now);
  if (isStarting) return [finding('progressing', 'NO_PODS', 'No pod is there yet.', since)];
  // Argo CD calls a workload that lacks a pod Progressing or Degraded, and Suspended only what is neither.
  const isHealthy = health.status === 'Healthy' || health.status === 'Suspended';
  if (workloads.replicas === undefined && isHealthy) {
    const text = `No pod with its labels (tenantReleases.pods, or pods.labelSelector of its layout) is there, and Argo CD calls it ${health.status}: it is scaled to zero, or its pods carry different labels.`;
    return [finding('in-sync', 'SCALED_TO_ZERO', text)];
  }
  return [finding('degraded', 'NO_PODS', 'Argo CD has synced it, but no pod is there.', since)];
}
