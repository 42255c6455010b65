import type { ReleaseHealth, ReleaseState } from '@internal/plugin-tenant-releases-common';
import type { ApplicationResource } from '../api/TenantReleasesApi';
import { compareTexts } from './fleet';

/** The state whose colour and icon a health of Argo CD has. */
export const healthStates: Record<ReleaseHealth['status'], ReleaseState> = {
  Healthy: 'in-sync',
  Progressing: 'progressing',
  Degraded: 'degraded',
  Missing: 'degraded',
  Suspended: 'held',
  Unknown: 'unknown',
};

/** How much attention a resource needs: less is more. */
function concern({ status, health }: ApplicationResource): number {
  if (health?.status === 'Degraded' || health?.status === 'Missing') return 0;
  if (status === 'OutOfSync') return 1;
  return health?.status === 'Progressing' ? 2 : 3;
}

/** Whether there is nothing to say about a resource. */
export function isQuiet(resource: ApplicationResource): boolean {
  const { status, health, requiresPruning } = resource;
  return status === 'Synced' && !requiresPruning && (!health || health.status === 'Healthy');
}

/** Those first that need attention, then by kind and name. */
export function sortResources(resources: readonly ApplicationResource[]): ApplicationResource[] {
  return [...resources].sort(
    (a, b) =>
      concern(a) - concern(b) || compareTexts(a.kind, b.kind) || compareTexts(a.name, b.name),
  );
}

/** Names a resource among those of an Application. */
export function resourceKey({ group, kind, namespace, name }: ApplicationResource): string {
  return [group ?? '', kind, namespace ?? '', name].join('/');
}

/** How the resources are, in a sentence. */
export function describeResources(resources: readonly ApplicationResource[]): string {
  const differ = resources.filter(({ status }) => status === 'OutOfSync').length;
  const ill = resources.filter(
    ({ health }) => health?.status === 'Degraded' || health?.status === 'Missing',
  ).length;
  const all = `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'}`;
  if (differ === 0 && ill === 0) return `${all}, none of concern.`;
  const parts = [
    ...(ill > 0 ? [`${ill} not healthy`] : []),
    ...(differ > 0 ? [`${differ} ${differ === 1 ? 'differs' : 'differ'} from Git`] : []),
  ];
  return `${all}: ${parts.join(', ')}.`;
}
