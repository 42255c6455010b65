import { labelSets, type LabelSelector } from './labelSelector';
import type { ReadPod } from './podSchema';

/** Names of the labels that tell whose a pod is. */
export interface PodLabels {
  tenant: string;
  service: string;
}

/** Labels that the workload chart puts on a tenant's pods. */
export const defaultPodLabels: PodLabels = {
  tenant: 'tenant-releases.io/tenant',
  service: 'tenant-releases.io/service',
};

/** A container of a pod that is there as long as the pod. */
export interface ContainerRecord {
  name: string;
  image: string;
  /** What the runtime pulled, with its digest; absent before that. */
  imageId?: string;
  /** Why it does not run, for example `ImagePullBackOff`. */
  waiting?: string;
  /** Image of the init container that it waits for; absent when it waits for none. */
  waitingImage?: string;
}

/** What is kept of a pod. */
export interface PodRecord {
  name: string;
  namespace: string;
  tenant: string;
  service: string;
  /** Its labels as selectors of layouts name them; see labelSets. */
  sets?: readonly string[];
  /** Neither init containers, sidecars that are such, nor ephemeral ones. */
  containers: ContainerRecord[];
  ready: boolean;
  /** RFC 3339. */
  startedAt?: string;
  /** When it last became ready, RFC 3339; absent while it is not. */
  readySince?: string;
  /** Since when it has not been ready, RFC 3339; absent while it is, and before anybody has looked. */
  unreadySince?: string;
  /** False for a pod that is being deleted, has ended, or belongs to a Job or a hook: it runs no release. */
  counts: boolean;
  /** Fields that cannot be read. */
  unreadable: string[];
}

const limits = { containers: 30, reason: 60, image: 512 };
/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ and https://helm.sh/docs/topics/charts_hooks/ */
const hookAnnotations = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

/** Reduces a pod to what is kept; `undefined` for one that is no tenant's. */
export function toPodRecord(
  { pod: { metadata, spec, status }, unreadable }: ReadPod,
  labels: PodLabels = defaultPodLabels,
  selectors?: readonly LabelSelector[],
  hasLabels = !selectors,
): PodRecord | undefined {
  const sets = selectors && labelSets(selectors, metadata.labels ?? {});
  // Whose a pod of another layout is, only the layout's releases tell.
  const tenant = hasLabels ? metadata.labels?.[labels.tenant] : '';
  const service = hasLabels ? metadata.labels?.[labels.service] : '';
  if (!sets?.length && (!service || !tenant)) return undefined;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isReady = ready?.status === 'True';
  const startedAt = status?.startTime ?? metadata.creationTimestamp ?? undefined;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    tenant: tenant ?? '',
    service: service ?? '',
    ...(sets?.length ? { sets } : {}),
    containers: (spec?.containers ?? [])
      .slice(0, limits.containers)
      .map(container => toContainer(container, status)),
    ready: isReady,
    ...(startedAt ? { startedAt } : {}),
    ...(ready?.lastTransitionTime
      ? { [isReady ? 'readySince' : 'unreadySince']: ready.lastTransitionTime }
      : {}),
    counts:
      !metadata.deletionTimestamp &&
      status?.phase !== 'Failed' &&
      status?.phase !== 'Succeeded' &&
      !metadata.ownerReferences?.some(({ kind }) => kind === 'Job') &&
      !hookAnnotations.some(name => metadata.annotations?.[name] !== undefined),
    unreadable,
  };
}

type Status = ReadPod['pod']['status'];

function toContainer(
  { name, image = '' }: { name: string; image?: string },
  status: Status,
): ContainerRecord {
  const own = status?.containerStatuses?.find(each => each.name === name);
  const reason = own?.state?.waiting?.reason;
  const initial = reason === 'PodInitializing' ? waitingInitContainer(status) : undefined;
  const waiting = initial?.state?.waiting?.reason ?? reason;
  return {
    name,
    image: image.slice(0, limits.image),
    ...(own?.imageID ? { imageId: own.imageID.slice(0, limits.image) } : {}),
    ...(waiting ? { waiting: waiting.slice(0, limits.reason) } : {}),
    ...(initial?.image ? { waitingImage: initial.image.slice(0, limits.image) } : {}),
  };
}

/** The init container that holds all others back, if one waits. */
function waitingInitContainer(status: Status) {
  return status?.initContainerStatuses?.find(({ state }) => state?.waiting?.reason);
}
