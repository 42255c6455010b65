import type { Freeze, Hold, PullRequestRef, ReleaseHealth, SyncedVersion } from './release';

/** How current one part of a release is. */
export interface PartFreshness {
  /** ok: current; stale: the last known state; unknown: the source has never answered. */
  state: 'ok' | 'stale' | 'unknown';
  /** Seconds since the part was last known to be current, or since the portal waits for it. */
  ageSeconds: number;
}

/** What Git says of a release. */
export interface DesiredState {
  /** The last content that could be read; absent when there has never been one. */
  file?: {
    displayName: string;
    tier: string;
    ring: number;
    owner: string;
    version: string;
    /** Digest of the image, `sha256:...`, where the file pins one beside the version. */
    digest?: string;
    hold?: Hold;
  };
  /** The commit that set the version; absent until the file's history has been read. */
  change?: { commit: string; author: string; committedAt: string; pullRequest?: PullRequestRef };
  /** Why the file at the head of the branch cannot be read; empty when it can. */
  problems: string[];
}

/** What Argo CD says of a release. */
export interface ApplicationState {
  /** Name of the destination. */
  cluster: string;
  /** Version of the service that was last synced; absent when it cannot be told. */
  version?: string;
  sync: { status: SyncedVersion['status']; revision?: string };
  operation?: {
    phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
    message?: string;
    revision?: string;
    startedAt?: string;
    finishedAt?: string;
  };
  health: ReleaseHealth;
  /** Since when it has this health, RFC 3339. */
  healthSince?: string;
  /** Why Argo CD cannot compare Git with the cluster. */
  problem?: string;
  /** RFC 3339. */
  problemSince?: string;
  /** Resources that differ from Git, such as `Deployment demo-api`; absent when Argo CD has not named them. */
  driftedResources?: string[];
}

/** A pod of the release that is not being deleted. */
export interface PodState {
  version: string;
  ready: boolean;
  /** RFC 3339. */
  startedAt?: string;
  /** Why the service's container does not run, for example `ImagePullBackOff`. */
  waiting?: string;
}

/** Everything that is known of a release. Parts are absent when their source has nothing on it, or never answered. */
export interface ReleaseParts {
  tenant: string;
  service: string;
  desired?: DesiredState;
  application?: ApplicationState;
  pods: PodState[];
  freeze?: Freeze;
  /** Set when the version that Git wants is on the list of bad versions. */
  badVersion?: { version: string; reason: string; since?: string };
  freshness: { git: PartFreshness; argocd: PartFreshness; kubernetes: PartFreshness };
  now: Date;
}
