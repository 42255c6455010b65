import { z } from 'zod';
import { knownOr, line, text, time, version } from './parts';

/** Codes are stable; they only choose between texts. */
const codes = [
  'GIT_AHEAD',
  'SYNC_FAILED',
  'ROLLING_OUT',
  'IMAGE_DIFFERS',
  'CRASH_LOOPING',
  'IMAGE_PULL',
  'MANUAL_CHANGE',
  'HEALTH_DEGRADED',
  'NO_PODS',
  'NOT_DEPLOYED',
  'NOT_IN_GIT',
  'HELD',
  'FROZEN',
  'BAD_VERSION',
  'SOURCE_STALE',
  'FILE_INVALID',
  /** More than one GitOps repository names the release; nothing of it is shown as true. */
  'REPOSITORY_CONFLICT',
  /** Git's own object, the Application or a pod, cannot be read; the field is named. */
  'APPLICATION_INVALID',
  'PODS_INVALID',
  'DESTINATION_UNKNOWN',
  /** An Application looks like the tenant's, but project, destination or file say otherwise. */
  'APPLICATION_MISMATCH',
  /** More than one Application is the tenant's. */
  'APPLICATION_AMBIGUOUS',
  'APPLICATION_DELETING',
  /** Somebody told Argo CD to leave the Application alone. */
  'RECONCILE_SKIPPED',
  'SYNC_UNKNOWN',
  'HEALTH_UNKNOWN',
  /** The Application sets the image itself, whatever the tenant file says. */
  'OVERRIDDEN',
  /** What Git no longer holds is still in the cluster, and nobody prunes it. */
  'LEFTOVERS',
  /** The Application follows another branch, a tag or a commit. */
  'FOLLOWS_OTHER_REVISION',
  'SYNC_BY_HAND',
  'SYNC_WINDOW_CLOSED',
  'SYNC_RETRYING',
  'SYNC_TERMINATED',
  'HOOKS_RUNNING',
  'ROLLOUT_PAUSED',
  'SCALED_TO_ZERO',
  /** A CronJob or Job, which runs no pod between two runs. */
  'BETWEEN_RUNS',
  /** Prometheus fires an alert of the tenant. */
  'ALERT_FIRING',
  /** More requests fail than may. */
  'ERRORS_ABOVE_OBJECTIVE',
] as const;

/** Where a reason can be mended. */
export const reasonLinkSchema = z.object({
  kind: z.enum(['values', 'pull-request', 'argocd', 'logs', 'policy']),
  href: text,
  /** For people, for example `Tenant file`. */
  text: line(60),
});

/** Why a release is in its state. Codes are stable; texts are for people. */
export const releaseReasonSchema = z.object({
  code: knownOr(codes),
  text: line(500),
  /** The version that it is about, where that need not be the one that Git wants. */
  version: version.optional(),
  /** RFC 3339; absent when nobody knows. */
  since: time.optional(),
  /**
   * Where it can be mended; absent when only waiting helps, or nobody knows an address. A newer server may know more
   * kinds.
   */
  link: reasonLinkSchema.optional().catch(undefined),
});

/** See {@link reasonLinkSchema}. */
export type ReasonLink = z.infer<typeof reasonLinkSchema>;

/** See {@link releaseReasonSchema}. */
export type ReleaseReason = z.infer<typeof releaseReasonSchema>;
