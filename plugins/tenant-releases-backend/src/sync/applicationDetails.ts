import { shortenError } from '@internal/gitops';
import type { ApplicationRecord, ApplicationResource } from './ApplicationRecord';
import type { ArgocdApplication } from './applicationSchema';
import { healthStatus, limits, oneOf, revisionOf, withoutUndefined } from './applicationValues';

/**
 * How Argo CD begins what it says of a destination: it has no such cluster, name and server contradict each other, or the
 * project does not allow it. What it says of repositories carries their addresses, in which any word may stand.
 * https://github.com/argoproj/argo-cd/blob/v3.2.11/util/argo/argo.go (GetDestinationCluster)
 */
const destinationWords =
  /^(error getting cluster|there are (no|\d+) clusters|(application |unable to find )?destination|cluster)\b/i;

/**
 * How Argo CD says that an Application of another namespace may not use the project that it names.
 * https://github.com/argoproj/argo-cd/blob/v3.2.11/pkg/apis/application/v1alpha1/app_project_types.go
 */
const refusalWords = /\bis not allowed to use project\b/i;

/**
 * What only a whole Application tells.
 *
 * @param at - position of the source that is meant, where there are several
 */
export function detailsOf(
  status: ArgocdApplication['status'],
  at: number,
): ApplicationRecord['details'] {
  // SyncError repeats what the failed operation says, also that somebody terminated it.
  const phase = status?.operationState?.phase;
  const isRepeated = (type: string) =>
    type === 'SyncError' && (phase === 'Failed' || phase === 'Error');
  const condition = status?.conditions?.find(
    ({ type }) => type?.endsWith('Error') && !isRepeated(type),
  );
  const problem = condition?.message;
  const isRefused = status?.conditions?.some(
    ({ type, message = '' }) => type === 'InvalidSpecError' && refusalWords.test(message),
  );
  const outOfSync = (status?.resources ?? []).filter(each => each.status === 'OutOfSync');
  const named = (resources: typeof outOfSync) =>
    resources.slice(0, limits.drifted).map(({ kind, name }) => `${kind} ${name}`);
  const leftovers = named(outOfSync.filter(each => each.requiresPruning));
  const destinationProblem =
    condition?.type === 'InvalidSpecError' && problem && destinationWords.test(problem)
      ? problem
      : undefined;
  return {
    history: (status?.history ?? []).slice(-limits.history).map(deployment =>
      withoutUndefined({
        id: deployment.id,
        revision: revisionOf(deployment, at),
        deployStartedAt: deployment.deployStartedAt ?? undefined,
        deployedAt: deployment.deployedAt ?? undefined,
      }),
    ),
    ...(problem
      ? withoutUndefined({
          destinationProblem:
            destinationProblem && shortenError(destinationProblem, limits.message),
          problem: shortenError(problem, limits.message),
          problemSince: condition?.lastTransitionTime ?? undefined,
          isSyncProblem: condition?.type === 'SyncError' ? (true as const) : undefined,
        })
      : {}),
    ...(isRefused ? { isRefused } : {}),
    drifted: named(outOfSync.filter(each => !each.requiresPruning)),
    ...(leftovers.length > 0 ? { leftovers } : {}),
    resources: (status?.resources ?? []).slice(0, limits.resources).map(toResource),
  };
}

type ResourceStatus = NonNullable<NonNullable<ArgocdApplication['status']>['resources']>[number];

function toResource({ kind, name, status, health, ...rest }: ResourceStatus): ApplicationResource {
  return withoutUndefined({
    group: rest.group || undefined,
    kind: kind ?? 'Unknown',
    namespace: rest.namespace || undefined,
    name: name ?? '',
    status: oneOf(['Synced', 'OutOfSync'] as const, status, 'Unknown'),
    health: health?.status
      ? withoutUndefined({
          status: healthStatus(health.status),
          message: health.message ? shortenError(health.message, limits.message) : undefined,
        })
      : undefined,
    requiresPruning: rest.requiresPruning || undefined,
  });
}
