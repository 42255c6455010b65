import type { PodState } from '@internal/plugin-tenant-releases-common';
import type { KubernetesPod } from './podSchema';

/** Labels that the workload chart puts on a tenant's pods. */
export const tenantLabel = 'tenant-releases.io/tenant';
/** See {@link tenantLabel}. */
export const serviceLabel = 'tenant-releases.io/service';

/** What is kept of a pod. */
export interface PodRecord extends PodState {
  name: string;
  tenant: string;
  service: string;
  /** When it last became ready, RFC 3339; absent while it is not. */
  readySince?: string;
  /** False for a pod that is being deleted or has ended: it runs nothing any more. */
  counts: boolean;
}

/** Reduces a pod to what is kept; `undefined` for one that is no tenant's. */
export function toPodRecord({ metadata, spec, status }: KubernetesPod): PodRecord | undefined {
  const tenant = metadata.labels?.[tenantLabel];
  const service = metadata.labels?.[serviceLabel];
  // A label can be set by whoever may create pods; the namespace is the fence.
  if (!service || tenant !== metadata.namespace) return undefined;
  const container = spec.containers.find(({ name }) => name === service) ?? spec.containers[0];
  if (!container) return undefined;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isReady = ready?.status === 'True';
  const waiting = waitingReason(status, container.name);
  return {
    name: metadata.name,
    tenant,
    service,
    version: imageTag(container.image ?? ''),
    ready: isReady,
    startedAt: status?.startTime ?? metadata.creationTimestamp ?? undefined,
    ...(waiting ? { waiting: waiting.slice(0, 60) } : {}),
    ...(isReady && ready.lastTransitionTime ? { readySince: ready.lastTransitionTime } : {}),
    counts:
      !metadata.deletionTimestamp && status?.phase !== 'Failed' && status?.phase !== 'Succeeded',
  };
}

function waitingReason(status: KubernetesPod['status'], container: string): string | undefined {
  const own = status?.containerStatuses?.find(({ name }) => name === container);
  const reason = own?.state?.waiting?.reason;
  if (reason !== 'PodInitializing') return reason;
  return status?.initContainerStatuses?.flatMap(({ state }) => state?.waiting?.reason ?? [])[0];
}

/**
 * The tag of an image reference, `latest` when it names none, the digest when it names only that.
 * Form of a reference: https://github.com/distribution/reference/blob/main/reference.go
 */
export function imageTag(image: string): string {
  const [name, digest] = image.split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  return tag ?? digest ?? 'latest';
}
