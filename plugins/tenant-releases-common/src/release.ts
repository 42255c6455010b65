import type { Serving } from './serving';
import type { SourceStatus } from './source';

/** The state of a release, one word for the whole of it. */
export type ReleaseState = 'in-sync' | 'progressing' | 'drifted' | 'degraded' | 'held' | 'unknown';

/** All states, from the one that needs attention first to the one that needs none. */
export const releaseStates: readonly ReleaseState[] = [
  'degraded',
  'drifted',
  'progressing',
  'unknown',
  'held',
  'in-sync',
];

/** Why a release is in its state. Codes are stable; texts are for people. */
export interface ReleaseReason {
  code:
    | 'GIT_AHEAD'
    | 'SYNC_FAILED'
    | 'ROLLING_OUT'
    | 'IMAGE_DIFFERS'
    | 'CRASH_LOOPING'
    | 'IMAGE_PULL'
    | 'MANUAL_CHANGE'
    | 'HEALTH_DEGRADED'
    | 'NO_PODS'
    | 'NOT_DEPLOYED'
    | 'NOT_IN_GIT'
    | 'HELD'
    | 'FROZEN'
    | 'BAD_VERSION'
    | 'SOURCE_STALE'
    | 'FILE_INVALID'
    /** Git's own object, the Application or a pod, cannot be read; the field is named. */
    | 'APPLICATION_INVALID'
    | 'PODS_INVALID'
    | 'DESTINATION_UNKNOWN'
    /** An Application looks like the tenant's, but project, destination or file say otherwise. */
    | 'APPLICATION_MISMATCH'
    /** More than one Application is the tenant's. */
    | 'APPLICATION_AMBIGUOUS'
    | 'APPLICATION_DELETING'
    /** Somebody told Argo CD to leave the Application alone. */
    | 'RECONCILE_SKIPPED'
    | 'SYNC_UNKNOWN'
    | 'HEALTH_UNKNOWN'
    /** The Application sets the image itself, whatever the tenant file says. */
    | 'OVERRIDDEN'
    /** What Git no longer holds is still in the cluster, and nobody prunes it. */
    | 'LEFTOVERS'
    /** The Application follows another branch, a tag or a commit. */
    | 'FOLLOWS_OTHER_REVISION'
    | 'SYNC_BY_HAND'
    | 'SYNC_WINDOW_CLOSED'
    | 'SYNC_RETRYING'
    | 'SYNC_TERMINATED'
    | 'HOOKS_RUNNING'
    | 'ROLLOUT_PAUSED'
    | 'SCALED_TO_ZERO'
    /** A CronJob or Job, which runs no pod between two runs. */
    | 'BETWEEN_RUNS'
    /** Prometheus fires an alert of the tenant. */
    | 'ALERT_FIRING'
    /** More requests fail than may. */
    | 'ERRORS_ABOVE_OBJECTIVE';
  text: string;
  /** The version that it is about, where that need not be the one that Git wants. */
  version?: string;
  /** RFC 3339; absent when nobody knows. */
  since?: string;
  /** Where it can be mended; absent when only waiting helps, or nobody knows an address. */
  link?: ReasonLink;
}

/** Where a reason can be mended. */
export interface ReasonLink {
  kind: 'values' | 'pull-request' | 'argocd' | 'logs' | 'policy';
  href: string;
  /** For people, for example `Tenant file`. */
  text: string;
}

/** A pull request, as people refer to it. */
export interface PullRequestRef {
  number: number;
  url: string;
  title: string;
  /** RFC 3339; absent while it is open. */
  mergedAt?: string;
  /** Who merged it; absent while it is open, and when nobody knows. */
  mergedBy?: string;
  /** A program merged it. */
  mergedByBot?: true;
}

/** The commit of the service's repository that a version was built from. */
export interface VersionCommit {
  /** 40 hex digits. */
  commit: string;
  /** First line of its message. */
  title: string;
  /** Absent when Git names nobody. */
  author?: string;
  /** The author is a program. */
  isBot?: true;
  /** RFC 3339. */
  committedAt?: string;
  /** Its page on the Git host. */
  url?: string;
  /** The pull request that brought it to the service's repository. */
  pullRequest?: PullRequestRef;
}

/**
 * What Git wants: the version in the tenant file at the head of the branch. The version is known at once; commit,
 * author, date and pull request are there as soon as the file's history has been read.
 */
export interface DesiredVersion {
  version: string;
  /** `sha256:...`, when the file pins the image by digest as well. */
  digest?: string;
  /** Commit that set this version: 40 hex digits. */
  commit?: string;
  author?: string;
  /** The author is a program. */
  isBot?: true;
  committedAt?: string;
  pullRequest?: PullRequestRef;
  /**
   * When any tenant of the service was first given this version, RFC 3339; absent while nobody knows. Versions are ordered by it:
   * a roll-back does not change it.
   */
  firstSeen?: string;
  /** What the version was built from; absent when the service's repository is not set up, or does not say. */
  source?: VersionCommit;
}

/** What Argo CD synced. */
export interface SyncedVersion {
  /** Absent when Argo CD names no image of the service. */
  version?: string;
  /** Commit that Argo CD compared with; while it does not say, the one it synced last. */
  revision?: string;
  status: 'Synced' | 'OutOfSync' | 'Unknown';
  /** When the last sync finished, RFC 3339. */
  at?: string;
}

/** Argo CD's health of the Application. */
export interface ReleaseHealth {
  status: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';
  message?: string;
}

/** Pods that run one version. */
export interface RunningVersion {
  version: string;
  /** How many pods there are. */
  pods: number;
  /** How many of them are ready. */
  ready: number;
  /** When the oldest of them started, RFC 3339. */
  since?: string;
  /** See {@link DesiredVersion.firstSeen}. */
  firstSeen?: string;
  /** None of them is or was ready, as far as anybody knows: they have yet to run it. */
  neverReady?: true;
  /** These pods are the canary of a rollout that has not come to its end. */
  canary?: true;
}

/** This tenant stays on this version until the hold is released. */
export interface Hold {
  version: string;
  reason: string;
  by: string;
  since: string;
}

/** No changes in this window. */
export interface Freeze {
  reason: string;
  /** RFC 3339; absent when nobody knows. */
  since?: string;
  until: string;
}

/** One version of a service for one tenant: what Git wants, Argo CD synced and the pods run. */
export interface Release {
  tenant: string;
  service: string;
  displayName: string;
  tier: string;
  ring: number;
  /** What the policy calls the ring, for example `canary`; absent when it does not name it. */
  ringName?: string;
  /** Entity ref of the owning group. */
  owner: string;
  /** Name of the Argo CD destination. */
  cluster: string;
  namespace: string;
  desired?: DesiredVersion;
  synced?: SyncedVersion;
  health: ReleaseHealth;
  running: RunningVersion[];
  state: ReleaseState;
  /** The state by delivery alone: whether it runs what Git wants, however it serves. */
  delivery: ReleaseState;
  /** Whether it serves; absent where no telemetry is set up. */
  serving?: Serving;
  reasons: ReleaseReason[];
  hold?: Hold;
  freeze?: Freeze;
  links: {
    grafana?: string;
    argocd?: string;
    values?: string;
    pullRequest?: string;
    /** The file with bad versions and freezes. */
    policy?: string;
  };
  /** Age in seconds of the oldest part of this answer; absent while every source is ok. */
  staleSeconds?: number;
}

/** `GET /releases` */
export interface ReleaseList {
  items: Release[];
  nextCursor?: string;
  totalItems: number;
  /** How many of them are in each state; there when it was asked for. */
  counts?: Record<ReleaseState, number>;
  sources: SourceStatus[];
  /** Why the list is empty for this caller, and the next step; absent while it is not. */
  notice?: { code: 'NO_TENANTS' | 'NONE_VISIBLE' | 'NONE_MATCH'; text: string };
}

/** One row of a release's history. */
export interface HistoryEntry {
  version: string;
  previousVersion?: string;
  commit: string;
  author: string;
  /** The author is a program. */
  isBot?: true;
  message: string;
  committedAt: string;
  pullRequest?: PullRequestRef;
  /** What the version was built from; absent for settings, and when nobody knows. */
  source?: VersionCommit;
  syncedAt?: string;
  runningAt?: string;
  /** When another version took its place in Git; absent while it is the newest. */
  replacedAt?: string;
  /** See `replacedAt`. */
  replacedBy?: string;
  /** Path that the tenant's file had before, when this commit moved it. */
  movedFrom?: string;
  kind: 'release' | 'rollback' | 'settings';
}

/** `GET /releases/:tenant/:service/history` */
export interface HistoryList {
  items: HistoryEntry[];
  nextCursor?: string;
  /** Where the rows come from; a source that is down explains what is missing. */
  sources: SourceStatus[];
}
