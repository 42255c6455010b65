import type {
  Freeze,
  Hold,
  PullRequestRef,
  ReleaseHealth,
  SyncedVersion,
  VersionCommit,
} from '@internal/plugin-tenant-releases-common';

/** How current one part of a release is. */
export interface PartFreshness {
  /** ok: current; stale: the last known state; unknown: the source has never answered. */
  state: 'ok' | 'stale' | 'unknown';
  /** Seconds since the part was last known to be current, or since the portal waits for it. */
  ageSeconds: number;
  /** When that was, RFC 3339; absent while the part is current. */
  currentAt?: string;
}

/** What Git says of a release. */
export interface DesiredState {
  /** The last content that could be read; absent when there has never been one. */
  file?: {
    displayName: string;
    tier: string;
    ring: number;
    owner: string;
    contact?: string;
    version: string;
    /** Digest of the image, `sha256:...`, where the file pins one beside the version. */
    digest?: string;
    /** The version is that of a chart, which pods do not tell. */
    isChart?: true;
    hold?: Hold;
  };
  /** The commit that set the version; absent until the file's history has been read. */
  change?: {
    commit: string;
    author: string;
    isBot?: true;
    committedAt: string;
    pullRequest?: PullRequestRef;
  };
  /** Why the file at the head of the branch cannot be read; empty when it can. */
  problems: string[];
}

/** What Argo CD says of a release. */
export interface ApplicationState {
  /** Name of the destination. */
  cluster: string;
  /** Namespace of the destination; default: the tenant's name. */
  namespace?: string;
  /** Why Argo CD cannot deploy to the destination; absent when it can. */
  destinationProblem?: string;
  /** Fields of the Application that cannot be read; what they would have said is not known. */
  unreadable?: readonly string[];
  /** Set when further Applications deploy the same tenant. */
  isAmbiguous?: true;
  /** Version of the service that was last synced; absent when it cannot be told. */
  version?: string;
  /** Since when Argo CD deletes the Application, RFC 3339. */
  deletedSince?: string;
  /** Somebody told Argo CD to leave the Application alone. */
  isSkipped?: true;
  /** Set when the Application fixes the version itself, whatever the tenant file says. */
  override?: { version: string; by: string };
  /** Set when the Application fixes another image than the tenant file, at the version that the file says. */
  imageOverride?: { key: 'image.repository' | 'image.digest'; value: string; by: string };
  /** Values files of the repository that it reads after the tenant's, which may overrule it. */
  laterFiles?: string[];
  /** The branch, tag or commit that it follows, when that is not the branch that the portal reads. */
  follows?: {
    revision: string;
    /** The branch that the portal reads. */
    branch: string;
    /** What the tenant file holds there; absent when it cannot be told. */
    version?: string;
  };
  /** A person has to start each sync. */
  isByHand?: true;
  /** Set while a sync window keeps it from being synced. */
  closedWindow?: ClosedWindow;
  sync: { status: SyncedVersion['status']; revision?: string };
  /** Whether what it reads differs between the synced and the compared revision; absent when nobody knows. */
  inputs?: { changed: boolean; at?: string };
  operation?: {
    phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
    message?: string;
    revision?: string;
    startedAt?: string;
    finishedAt?: string;
    /** Hooks that run, such as `Job/migrate`. */
    hooks?: readonly string[];
    /** It is a dry run, or of some resources only; `revision` is that of the last whole sync, then. */
    isPartial?: true;
  };
  health: ReleaseHealth;
  /** Since when it has this health, RFC 3339. */
  healthSince?: string;
  /** Why Argo CD cannot compare Git with the cluster. */
  problem?: string;
  /** False when Argo CD can compare, and does not sync for another reason. */
  isComparisonProblem?: false;
  /** RFC 3339. */
  problemSince?: string;
  /** Resources that differ from Git, such as `Deployment demo-api`; absent when Argo CD has not named them. */
  driftedResources?: string[];
  /** Resources that Git no longer holds and nobody has pruned, such as `ConfigMap old`. */
  leftovers?: string[];
  workloads?: Workloads;
}

/** A sync window that is shut: https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/ */
export interface ClosedWindow {
  /** allow: none of the windows that allow is open; deny: one that denies is. */
  kind: 'allow' | 'deny';
  /** As the AppProject has it, for example `0 6 * * *`. */
  schedule: string;
  /** When it may be synced again, RFC 3339; absent when that cannot be told. */
  until?: string;
}

/** The workloads of the service that an Application holds, as far as Argo CD has told of them. */
export interface Workloads {
  /** Pods that Deployments, StatefulSets, DaemonSets and Rollouts should have together; absent when nobody knows. */
  replicas?: number;
  /** Whether it holds CronJobs or Jobs, and nothing that runs all the time. */
  isPeriodic?: true;
  /** A workload that waits for somebody or something; false when none does, absent when nobody knows. */
  paused?:
    | false
    | {
        kind: string;
        name: string;
        /** Steps of a canary: the one at which it waits, from 1, and how many there are. */
        step?: number;
        steps?: number;
      };
  /** A workload that replaces no pod by itself, or only some: a new version waits for a person. */
  manual?: {
    kind: string;
    name: string;
    /** Pods below this ordinal stay as they are; absent where each pod waits to be deleted (OnDelete). */
    partition?: number;
  };
  /** A blue-green Rollout that has been promoted; it keeps the pods before for a while (scaleDownDelaySeconds). */
  promoted?: {
    name: string;
    /** What it serves; absent when that cannot be told. */
    version?: string;
  };
  /** Seconds that a rollout may stand still before Kubernetes calls it failed (progressDeadlineSeconds). */
  deadlineSeconds?: number;
}

/** A pod of the release that is not being deleted. */
export interface PodState {
  /** Absent when it cannot be told. */
  version?: string;
  /** Other versions that further containers with the service's image run in the same pod. */
  otherVersions?: readonly string[];
  ready: boolean;
  /** RFC 3339. */
  startedAt?: string;
  /** Since when it has not been ready, RFC 3339; absent while it is, and when nobody knows. */
  unreadySince?: string;
  /** It, or another pod of its version, is known to have been ready before. */
  wasReady?: true;
  /** Why the service's container does not run, for example `ImagePullBackOff`. */
  waiting?: string;
  /** Image of the init container that it waits for; absent when it waits for none. */
  waitingImage?: string;
  /** Why the version cannot be told. */
  problem?: string;
}

/** An alert of a tenant that Prometheus fires. */
export interface FiringAlert {
  name: string;
  /** As the rule's label has it, for example `critical`; absent without one. */
  severity?: string;
  /** What it says for people. */
  summary?: string;
  /** Since when its expression holds, RFC 3339. */
  since?: string;
}

/** What telemetry says of a release. */
export interface ServingState {
  /** Of the last minutes; absent where there are too few to tell. */
  requests?: {
    /** The part that fails, and the part that may, 0 to 1. */
    errorRatio: number;
    objective: number;
    /** Set when more fail than may: since when (RFC 3339), and with which version that began, where that is known. */
    failing?: { since?: string; version?: string };
  };
  /** The ones that need attention most first. */
  alerts: readonly FiringAlert[];
  freshness: PartFreshness;
  /** Why no requests are measured: a sentence with the cure. */
  notMeasured?: string;
  /** Why nobody knows which alerts fire: a sentence. */
  alertsUnknown?: string;
}

/** Everything that is known of a release. Parts are absent when their source has nothing on it, or never answered. */
export interface ReleaseParts {
  tenant: string;
  service: string;
  environment?: string;
  /** Namespace where no Application says one: empty when it is not known; default: the tenant's name. */
  namespace?: string;
  desired?: DesiredState;
  application?: ApplicationState;
  /** Why an Application that looks like the tenant's is not counted for it; one clause each. */
  mismatches?: readonly string[];
  pods: PodState[];
  freeze?: Freeze;
  /** What the policy calls the tenant's ring; absent when it does not name it. */
  ringName?: string;
  /** Set when the version that is wanted, or one that pods run, is on the list of bad versions. */
  badVersion?: {
    version: string;
    reason: string;
    since?: string;
    /** It is wanted no more, and pods still run it. */
    isLeftOver?: true;
  };
  /** Absent where no telemetry is set up. */
  serving?: ServingState;
  /** When any tenant of the service was first given a version, RFC 3339, for the versions of which that is known. */
  firstSeen?: ReadonlyMap<string, string>;
  /** What the version that is wanted was built from. */
  source?: VersionCommit;
  freshness: { git: PartFreshness; argocd: PartFreshness; kubernetes: PartFreshness };
  now: Date;
  /** Seconds for which a health that has become worse is no alarm yet; default 60. */
  graceSeconds?: number;
}
