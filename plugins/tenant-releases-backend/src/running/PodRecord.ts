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
}

/** What is kept of a pod. */
export interface PodRecord {
  name: string;
  namespace: string;
  tenant: string;
  service: string;
  /** Neither init containers, sidecars that are such, nor ephemeral ones. */
  containers: ContainerRecord[];
  ready: boolean;
  /** RFC 3339. */
  startedAt?: string;
  /** When it last became ready, RFC 3339; absent while it is not. */
  readySince?: string;
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
): PodRecord | undefined {
  const tenant = metadata.labels?.[labels.tenant];
  const service = metadata.labels?.[labels.service];
  if (!service || !tenant) return undefined;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isReady = ready?.status === 'True';
  const startedAt = status?.startTime ?? metadata.creationTimestamp ?? undefined;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    tenant,
    service,
    containers: (spec?.containers ?? [])
      .slice(0, limits.containers)
      .map(container => toContainer(container, status)),
    ready: isReady,
    ...(startedAt ? { startedAt } : {}),
    ...(isReady && ready.lastTransitionTime ? { readySince: ready.lastTransitionTime } : {}),
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
  const waiting = waitingReason(own?.state?.waiting?.reason, status);
  return {
    name,
    image: image.slice(0, limits.image),
    ...(own?.imageID ? { imageId: own.imageID.slice(0, limits.image) } : {}),
    ...(waiting ? { waiting: waiting.slice(0, limits.reason) } : {}),
  };
}

function waitingReason(reason: string | undefined, status: Status): string | undefined {
  if (reason !== 'PodInitializing') return reason;
  return (
    status?.initContainerStatuses?.flatMap(({ state }) => state?.waiting?.reason ?? [])[0] ?? reason
  );
}
