import type { Workloads } from '../join/releaseParts';
import { parseImage, repositoryFit } from '../running/imageReference';
import type { ApplicationResource } from './ApplicationRecord';
import type { ManagedResources, ResourceTree } from './resourceSchemas';
import { treePods, type TreePod } from './treePods';
import { workloadsOf, type Workload } from './workloadSchema';

/** What Argo CD tells of an Application's workloads and pods. */
export interface WorkloadFacts extends Workloads {
  /** Pods as Argo CD's tree has them; their versions are told by their images. */
  pods: TreePod[];
}

const longRunning = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'ReplicaSet'];
const periodic = ['CronJob', 'Job'];
const isLongRunning = ({ kind }: { kind: string }) => longRunning.includes(kind);

/**
 * Reduces Argo CD's tree and managed resources to what the join needs.
 *
 * @param repository - image of the service, without tag
 */
export function workloadFacts(
  tree: ResourceTree,
  managed: ManagedResources,
  repository?: string,
): WorkloadFacts {
  const all = workloadsOf(managed);
  const own = workloadsOfService(all, repository);
  const running = own.filter(isLongRunning);
  const replicas = sum(running.map(replicasOf));
  const isPeriodic = running.length === 0 && own.some(({ kind }) => periodic.includes(kind));
  // A rollout that waits matters more than a CronJob that is suspended.
  const mayWait = [...running, ...all.filter(item => !isLongRunning(item))];
  const paused = mayWait.flatMap(item => pausedOf(item) ?? [])[0];
  const isTold = all.length > 0 && running.every(({ state }) => state !== undefined);
  const manual = running.flatMap(item => manualOf(item) ?? [])[0];
  const promoted = running.flatMap(item => promotedOf(item, imagesOf(item, all), repository))[0];
  const deadlines = running.flatMap(({ state }) => state?.spec?.progressDeadlineSeconds ?? []);
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(isPeriodic ? { isPeriodic } : {}),
    ...(paused || isTold ? { paused: paused ?? (false as const) } : {}),
    ...(manual ? { manual } : {}),
    ...(promoted ? { promoted } : {}),
    ...(deadlines.length > 0 ? { deadlineSeconds: Math.max(...deadlines) } : {}),
    pods: treePods(tree),
  };
}

/** What waits, as far as the Application itself says, for accounts that may not see more. */
export function suspendedResource(
  resources: readonly ApplicationResource[] = [],
): WorkloadFacts | undefined {
  const suspended = resources.filter(({ health }) => health?.status === 'Suspended');
  const found = suspended.find(isLongRunning) ?? suspended[0];
  return found && { paused: { kind: found.kind, name: found.name }, pods: [] };
}

/** The workloads with the image of the service, and those that name none; all, where none has it. */
function workloadsOfService(
  all: readonly Workload[],
  repository: string | undefined,
): readonly Workload[] {
  const named = all
    .filter(({ kind }) => [...longRunning, ...periodic].includes(kind))
    .map(item => ({ item, images: imagesOf(item, all) }));
  const fits = ({ images }: { images: readonly string[] }) =>
    images.some(image => repositoryFit(image, repository ?? '') > 0);
  const meant = named.some(fits)
    ? named.filter(each => each.images.length === 0 || fits(each))
    : named;
  return meant.map(({ item }) => item);
}

/** The images of a workload's pods; a Rollout may take its template from a Deployment. */
function imagesOf({ state }: Workload, all: readonly Workload[]): string[] {
  const { template, jobTemplate, workloadRef } = state?.spec ?? {};
  const containers = (template ?? jobTemplate?.spec?.template)?.spec?.containers;
  if (containers) return containers.flatMap(({ image }) => image ?? []);
  const referred = all.find(
    ({ kind, name, state: other }) =>
      kind === workloadRef?.kind && name === workloadRef.name && !other?.spec?.workloadRef,
  );
  return referred ? imagesOf(referred, all) : [];
}

/** Undefined as soon as one is not known, or there is none. */
function sum(counts: Array<number | undefined>): number | undefined {
  if (counts.length === 0) return undefined;
  return counts.reduce((total, count) =>
    total === undefined || count === undefined ? undefined : total + count,
  );
}

function replicasOf({ kind, state }: Workload): number | undefined {
  if (!state) return undefined;
  if (kind === 'DaemonSet') return state.status?.desiredNumberScheduled ?? undefined;
  // Kubernetes' default, which the API server fills in.
  return state.spec?.replicas ?? 1;
}

function pausedOf({ kind, name, state }: Workload): Exclude<Workloads['paused'], false> {
  const { spec, status } = state ?? {};
  const isPaused =
    spec?.paused || spec?.suspend || status?.pauseConditions?.length || status?.phase === 'Paused';
  if (!isPaused) return undefined;
  const index = status?.currentStepIndex;
  const steps = spec?.strategy?.canary?.steps?.length;
  return {
    kind,
    name,
    ...(typeof index === 'number' && steps ? { step: Math.min(index + 1, steps), steps } : {}),
  };
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies, and so for DaemonSets */
function manualOf({ kind, name, state }: Workload): Workloads['manual'] {
  const { type, rollingUpdate } = state?.spec?.updateStrategy ?? {};
  if (type === 'OnDelete') return { kind, name };
  const partition = rollingUpdate?.partition;
  return partition ? { kind, name, partition } : undefined;
}

/** https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/#scaledowndelayseconds */
function promotedOf(
  { name, state }: Workload,
  images: readonly string[],
  repository: string | undefined,
): Array<NonNullable<Workloads['promoted']>> {
  const { phase, stableRS, currentPodHash } = state?.status ?? {};
  const isStable = !stableRS || !currentPodHash || stableRS === currentPodHash;
  if (!state?.spec?.strategy?.blueGreen || phase !== 'Healthy' || !isStable) return [];
  const image =
    repository === undefined ? images[0] : images.find(each => repositoryFit(each, repository) > 0);
  const version = image === undefined ? undefined : parseImage(image).tag;
  return [{ name, ...(version === undefined ? {} : { version }) }];
}
