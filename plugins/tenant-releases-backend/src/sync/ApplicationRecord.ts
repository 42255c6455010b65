import type { ReleaseHealth } from '@internal/plugin-tenant-releases-common';
import type { ImageOverride } from './applicationOverride';
import type { GitopsUse } from './applicationSources';
import { withoutUndefined } from './applicationValues';

/** One deployment of Argo CD's history. */
export interface Deployment {
  id?: number;
  revision?: string;
  deployStartedAt?: string;
  deployedAt?: string;
}

/** A resource that an Application is made of. */
export interface ApplicationResource {
  group?: string;
  kind: string;
  namespace?: string;
  name: string;
  status: 'Synced' | 'OutOfSync' | 'Unknown';
  /** Absent for kinds that have none, such as ConfigMap. */
  health?: ReleaseHealth;
  /** It is no longer in Git, and Argo CD has not removed it. */
  requiresPruning?: boolean;
}

/** What is kept of an Application. Its identity is instance, namespace and name; a name alone is nothing. */
export interface ApplicationRecord {
  /** Name of the Argo CD instance. */
  instance: string;
  name: string;
  /** Namespace of the Application itself. */
  namespace: string;
  project?: string;
  /** Tenants that may look different when it changes. */
  tenants: string[];
  /** From the labels `tenant-releases.io/tenant` and `tenant-releases.io/service`. */
  labels: { tenant?: string; service?: string };
  /** Its labels as selectors of layouts name them; see labelSets. */
  labelSets?: string[];
  destination: { server?: string; name?: string; namespace?: string };
  /** The first source, for people. */
  source?: { repoURL?: string; path?: string; targetRevision?: string };
  /** What it takes from the GitOps repository; absent when that is nothing. */
  gitops?: Omit<GitopsUse, 'renderer'>;
  /** What it sets over the files. */
  override?: ImageOverride;
  /** `kustomize.images`, which set versions by the name of the image. */
  kustomizeImages: string[];
  /** Whether Argo CD syncs by itself. */
  isAutomated: boolean;
  /** Somebody told Argo CD to leave it alone. */
  isSkipped?: true;
  /** It takes its manifests from a source hydrator, not from `sources`. */
  isHydrated?: true;
  /** Since when Argo CD deletes it, RFC 3339. */
  deletedSince?: string;
  /** `revision` is that of the source that is the GitOps repository, `others` those of all other sources. */
  sync: { status: 'Synced' | 'OutOfSync' | 'Unknown'; revision?: string; others?: string };
  health: ReleaseHealth;
  /** Since when it has this health, RFC 3339; Argo CD tells it of some. */
  healthSince?: string;
  images: string[];
  operation?: {
    phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
    message?: string;
    revision?: string;
    startedAt?: string;
    finishedAt?: string;
    hooks?: string[];
    others?: string;
    /** It was a dry run, or of some resources only: then no revision is told, since none was applied. */
    isPartial?: true;
  };
  /** Fields that cannot be read. */
  unreadable: string[];
  /** Details are known only from the watch and from single answers; a list does not carry them. */
  details?: {
    history: Deployment[];
    problem?: string;
    problemSince?: string;
    /** Argo CD can compare, and does not sync for another reason. */
    isSyncProblem?: true;
    /** Why Argo CD does not take the destination. */
    destinationProblem?: string;
    /** Argo CD does not let it use its project. */
    isRefused?: true;
    /** What differs from Git, without what is left over. */
    drifted: string[];
    /** What Git holds no more and nobody has pruned. */
    leftovers?: string[];
    resources: ApplicationResource[];
  };
}

/** An Application among those of its instance. */
export function applicationKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}

/** A listed record with the details of the known one, as long as they are about the same state. */
export function withKnownDetails(
  known: ApplicationRecord | undefined,
  listed: ApplicationRecord,
): ApplicationRecord {
  if (listed.details || !known) return listed;
  const sameOperation =
    known.operation?.phase === listed.operation?.phase &&
    known.operation?.startedAt === listed.operation?.startedAt &&
    known.operation?.finishedAt === listed.operation?.finishedAt;
  if (!sameOperation || known.sync.status !== listed.sync.status) return listed;
  return {
    ...listed,
    details: known.details,
    // A server that cannot select these says nothing of them; what is being deleted comes back no more.
    ...(known.deletedSince ? { deletedSince: known.deletedSince } : {}),
    unreadable: [...new Set([...listed.unreadable, ...known.unreadable])],
    operation: mergedOperation(known.operation, listed.operation),
    sync: { ...known.sync, ...withoutUndefined(listed.sync) },
  };
}

/** A list does not tell that an operation was of a part only. */
function mergedOperation(
  known: ApplicationRecord['operation'],
  listed: ApplicationRecord['operation'],
): ApplicationRecord['operation'] {
  if (!listed || known?.isPartial) return listed && known;
  return { ...known, ...withoutUndefined(listed) };
}

/** What an Application takes from the repository that an entry is read from; undefined when that is nothing. */
export function useFor(
  { gitops }: Pick<ApplicationRecord, 'gitops'>,
  { repository }: { repository?: string },
): ApplicationRecord['gitops'] {
  return gitops?.repository === repository ? gitops : undefined;
}
