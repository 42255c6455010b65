import type { PodState } from '../join/releaseParts';
import type { ResourceTree } from './resourceSchemas';

/** A pod of Argo CD's tree. */
export interface TreePod extends Pick<PodState, 'ready' | 'startedAt'> {
  /** Of all containers, also of those that only initialise it. */
  images: readonly string[];
}

type Info = NonNullable<ResourceTree['nodes']>[number]['info'];

const maxPods = 500;
/**
 * What Argo CD says of a pod that has ended or is on its way there; one that crashes has `Error` or `CrashLoopBackOff`.
 * https://github.com/argoproj/argo-cd/blob/v3.2.11/controller/cache/info.go (populatePodInfo)
 */
const endedReasons = new Set([
  'Terminating',
  'Evicted',
  'NodeShutdown',
  'Terminated',
  'Completed',
  'Succeeded',
  'Failed',
]);

/** The pods of a tree that count; those that a Job made have their own beginning and end: they run no release. */
export function treePods({ nodes }: ResourceTree): TreePod[] {
  return (nodes ?? [])
    .filter(
      ({ kind, group, parentRefs, info }) =>
        kind === 'Pod' &&
        !group &&
        !parentRefs?.some(parent => parent.kind === 'Job') &&
        !endedReasons.has(valueOf(info, 'Status Reason')),
    )
    .slice(0, maxPods)
    .map(({ images, health, createdAt, info }) => ({
      images: images ?? [],
      ready: health?.status === 'Healthy' && areReady(info),
      ...(createdAt ? { startedAt: createdAt } : {}),
    }));
}

/** Argo CD says `1/2` of containers of which one is ready. */
function areReady(info: Info): boolean {
  const [ready, all] = valueOf(info, 'Containers').split('/');
  return all === undefined || ready === all;
}

function valueOf(info: Info, wanted: string): string {
  return info?.find(({ name }) => name === wanted)?.value ?? '';
}
