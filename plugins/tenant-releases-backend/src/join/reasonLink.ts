import type { ReasonLink, Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';

type LinkKind = ReasonLink['kind'];

/** Where each reason can be mended, the best place first; none where only waiting helps. */
const places: Record<ReleaseReason['code'], readonly LinkKind[]> = {
  GIT_AHEAD: ['argocd', 'pull-request', 'values'],
  SYNC_FAILED: ['argocd', 'values'],
  ROLLING_OUT: ['argocd'],
  IMAGE_DIFFERS: ['argocd', 'values'],
  CRASH_LOOPING: ['logs', 'argocd'],
  IMAGE_PULL: ['values', 'argocd'],
  MANUAL_CHANGE: ['argocd', 'values'],
  HEALTH_DEGRADED: ['argocd', 'logs'],
  NO_PODS: ['argocd', 'logs'],
  NOT_DEPLOYED: ['values'],
  NOT_IN_GIT: ['argocd'],
  HELD: ['values'],
  FROZEN: ['policy'],
  BAD_VERSION: ['values', 'policy'],
  SOURCE_STALE: [],
  FILE_INVALID: ['values'],
  REPOSITORY_CONFLICT: [],
  APPLICATION_INVALID: ['argocd'],
  PODS_INVALID: ['argocd'],
  DESTINATION_UNKNOWN: ['argocd'],
  APPLICATION_MISMATCH: ['values'],
  APPLICATION_AMBIGUOUS: ['argocd'],
  APPLICATION_DELETING: ['argocd'],
  RECONCILE_SKIPPED: ['argocd'],
  SYNC_UNKNOWN: ['argocd'],
  HEALTH_UNKNOWN: ['argocd'],
  OVERRIDDEN: ['argocd', 'values'],
  LEFTOVERS: ['argocd'],
  FOLLOWS_OTHER_REVISION: ['argocd'],
  SYNC_BY_HAND: ['argocd'],
  SYNC_WINDOW_CLOSED: ['argocd'],
  SYNC_RETRYING: ['argocd', 'values'],
  SYNC_TERMINATED: ['argocd'],
  HOOKS_RUNNING: ['argocd'],
  ROLLOUT_PAUSED: ['argocd'],
  SCALED_TO_ZERO: ['values', 'argocd'],
  BETWEEN_RUNS: ['argocd'],
  ALERT_FIRING: ['logs'],
  ERRORS_ABOVE_OBJECTIVE: ['logs'],
};

/** The reason with the link to where it can be mended, if there is an address for it. */
export function withLink(
  reason: ReleaseReason,
  links: Release['links'],
  pullRequest?: { number: number },
): ReleaseReason {
  const addresses: Record<LinkKind, string | undefined> = {
    values: links.values,
    'pull-request': links.pullRequest,
    argocd: links.argocd,
    logs: links.grafana,
    policy: links.policy,
  };
  const texts: Record<LinkKind, string> = {
    values: 'Tenant file',
    'pull-request': pullRequest ? `Pull request #${pullRequest.number}` : 'Pull request',
    argocd: 'Argo CD',
    logs: 'Logs',
    policy: 'Release policy',
  };
  for (const kind of places[reason.code]) {
    const href = addresses[kind];
    if (href !== undefined) return { ...reason, link: { kind, href, text: texts[kind] } };
  }
  return reason;
}
