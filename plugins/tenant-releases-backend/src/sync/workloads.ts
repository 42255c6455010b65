import type { PodState, Workloads } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { parseLeniently } from '../upstream/parseLeniently';
import type { ManagedResources, ResourceTree } from './resourceSchemas';

/** What Argo CD tells of an Application's workloads and pods. */
export interface WorkloadFacts extends Workloads {
  /** Pods as Argo CD's tree has them; their versions are told by their images. */
  pods: TreePod[];
}

/** A pod of Argo CD's tree. */
export interface TreePod extends Pick<PodState, 'ready' | 'startedAt'> {
  images: readonly string[];
}

const longRunning = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'ReplicaSet'];
const periodic = ['CronJob', 'Job'];
const maxPods = 500;

/**
 * The parts of a workload that tell whether pods are wanted:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ and, of a Rollout,
 * https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
const workloadSchema = z.object({
  spec: z
    .object({
      replicas: z.int().min(0).nullish(),
      paused: z.boolean().nullish(),
      suspend: z.boolean().nullish(),
      strategy: z
        .object({ canary: z.object({ steps: z.array(z.unknown()).nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  status: z
    .object({
      desiredNumberScheduled: z.int().min(0).nullish(),
      currentStepIndex: z.int().min(0).nullish(),
      pauseConditions: z.array(z.unknown()).nullish(),
    })
    .nullish(),
});

type Managed = NonNullable<ManagedResources['items']>[number];

/** Reduces Argo CD's tree and managed resources to what the join needs. */
export function workloadFacts(tree: ResourceTree, managed: ManagedResources): WorkloadFacts {
  const items = (managed.items ?? []).filter(({ hook }) => !hook);
  const running = items.filter(({ kind }) => longRunning.includes(kind));
  const replicas = sum(running.map(replicasOf));
  const isPeriodic = running.length === 0 && items.some(({ kind }) => periodic.includes(kind));
  const paused = items.flatMap(item => pausedOf(item) ?? [])[0];
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(isPeriodic ? { isPeriodic } : {}),
    ...(paused ? { paused } : {}),
    pods: podsOf(tree),
  };
}

/** Undefined as soon as one is not known, or there is none. */
function sum(counts: Array<number | undefined>): number | undefined {
  if (counts.length === 0) return undefined;
  return counts.reduce((total, count) =>
    total === undefined || count === undefined ? undefined : total + count,
  );
}

function replicasOf(item: Managed): number | undefined {
  const state = stateOf(item);
  if (!state) return undefined;
  if (item.kind === 'DaemonSet') return state.status?.desiredNumberScheduled ?? undefined;
  // Kubernetes' default, which the API server fills in.
  return state.spec?.replicas ?? 1;
}

function pausedOf(item: Managed): Workloads['paused'] {
  const { kind, name } = item;
  const state = stateOf(item);
  const isPaused =
    state?.spec?.paused || state?.spec?.suspend || state?.status?.pauseConditions?.length;
  if (!state || !isPaused) return undefined;
  const index = state.status?.currentStepIndex;
  const steps = state.spec?.strategy?.canary?.steps?.length;
  return {
    kind,
    name,
    ...(typeof index === 'number' && steps ? { step: Math.min(index + 1, steps), steps } : {}),
  };
}

function stateOf({ liveState, normalizedLiveState }: Managed) {
  const text = liveState ?? normalizedLiveState;
  if (!text || text === 'null') return undefined;
  try {
    return parseLeniently(workloadSchema, JSON.parse(text)).data;
  } catch {
    // A state that is no JSON tells nothing.
    return undefined;
  }
}

/** Pods that a Job made have their own beginning and end: they run no release. */
function podsOf({ nodes }: ResourceTree): TreePod[] {
  return (nodes ?? [])
    .filter(
      ({ kind, group, parentRefs }) =>
        kind === 'Pod' && !group && !parentRefs?.some(parent => parent.kind === 'Job'),
    )
    .slice(0, maxPods)
    .map(({ images, health, createdAt, info }) => ({
      images: images ?? [],
      ready: health?.status === 'Healthy' && areReady(info),
      ...(createdAt ? { startedAt: createdAt } : {}),
    }));
}

/** Argo CD says `1/2` of containers of which one is ready. */
function areReady(info: NonNullable<ResourceTree['nodes']>[number]['info']): boolean {
  const value = info?.find(({ name }) => name === 'Containers')?.value ?? '';
  const [ready, all] = value.split('/');
  return all === undefined || ready === all;
}
