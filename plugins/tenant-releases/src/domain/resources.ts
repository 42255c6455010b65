import type {
  ReleaseHealth,
  ReleaseResource,
  ReleaseState,
} from '@internal/plugin-tenant-releases-common';
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

/** How a resource stands to Git, in words and with the state whose colour and icon it has. */
export function gitWord(resource: ReleaseResource): { word: string; state?: ReleaseState } {
  const { managed, status, change } = resource;
  if (!managed) return { word: 'made in the cluster' };
  if (status === 'Synced') return { word: 'as in Git', state: 'in-sync' };
  if (!status) return { word: 'not compared' };
  const words = {
    missing: 'missing in the cluster',
    extra: 'no longer in Git',
    changed: 'differs from Git',
  };
  return { word: words[change ?? 'changed'], state: 'drifted' };
}

/** How much attention a resource needs: less is more. */
function concern({ status, health }: ReleaseResource): number {
  if (health?.status === 'Degraded' || health?.status === 'Missing') return 0;
  if (status === 'OutOfSync') return 1;
  return health?.status === 'Progressing' ? 2 : 3;
}

/** Whether there is nothing to say about a resource. */
export function isQuiet({ status, health }: ReleaseResource): boolean {
  return status !== 'OutOfSync' && (!health || health.status === 'Healthy');
}

/** Those first that need attention, then by kind and name. */
export function sortResources(resources: readonly ReleaseResource[]): ReleaseResource[] {
  return [...resources].sort(
    (a, b) =>
      concern(a) - concern(b) || compareTexts(a.kind, b.kind) || compareTexts(a.name, b.name),
  );
}

/** A resource and how deep it stands below what Git holds: 0 for that itself. */
export interface NestedResource {
  resource: ReleaseResource;
  depth: number;
}

/** Each resource followed by what it made; among their like those first that need attention. */
export function nestResources(resources: readonly ReleaseResource[]): NestedResource[] {
  const ids = new Set(resources.map(({ id }) => id));
  const children = new Map<string | undefined, ReleaseResource[]>();
  for (const resource of sortResources(resources)) {
    const { id, parent } = resource;
    const place = parent !== undefined && parent !== id && ids.has(parent) ? parent : undefined;
    children.set(place, [...(children.get(place) ?? []), resource]);
  }
  const nested: NestedResource[] = [];
  const add = (parent: string | undefined, depth: number) => {
    for (const resource of children.get(parent) ?? []) {
      nested.push({ resource, depth });
      add(resource.id, depth + 1);
    }
  };
  add(undefined, 0);
  return nested;
}

/** Bare numbers of what a pod asks for, in units that nobody knows. */
const mute = ['cpu', 'memory'];

/** What a resource says of itself: what is wrong with it, else what Argo CD says. */
export function resourceRemark({ health, info = [], images }: ReleaseResource): string {
  if (health?.message) return health.message;
  const facts = info
    .filter(({ name }) => !mute.includes(name))
    .map(({ name, value }) => `${name}: ${value}`);
  return [...facts, ...(images ?? [])].join(', ');
}

/** How the resources are, in a sentence. */
export function describeResources(resources: readonly ReleaseResource[]): string {
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
