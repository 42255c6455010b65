import {
  manifestSchema,
  shorten,
  shortenError,
  toComparableYaml,
  type Manifest,
} from '@internal/gitops';
import { type ReleaseResource } from '@internal/plugin-tenant-releases-common';
import { unifiedDiff } from '../diff/unifiedDiff';
import { healthStatus } from './applicationValues';
import type { ManagedResources, ResourceTree } from './resourceSchemas';

const limits = { items: 500, info: 10, images: 10, diff: 16 * 1024, diffs: 256 * 1024 };

type Managed = NonNullable<ManagedResources['items']>[number];
type Node = NonNullable<ResourceTree['nodes']>[number];
type Drift = Pick<ReleaseResource, 'status' | 'change' | 'diff'>;

/** What Argo CD tells of an Application's resources, joined into one list; bounded in size. */
export function toReleaseResources(
  tree: ResourceTree,
  managed: ManagedResources,
): { items: ReleaseResource[]; truncated: boolean } {
  const nodes = new Map((tree.nodes ?? []).map(node => [idOf(node), node]));
  const fromGit = new Map((managed.items ?? []).map(item => [idOf(item), item]));
  let left = limits.diffs;
  const items = [...fromGit].map(([id, item]): ReleaseResource => {
    const drift = driftOf(item, Math.min(limits.diff, left));
    left -= drift.diff?.length ?? 0;
    const version = nodes.get(id)?.version ?? versionOf(item);
    return { ...resource(item, nodes.get(id), version), managed: true, ...drift };
  });
  for (const [id, node] of nodes) {
    if (!fromGit.has(id)) {
      const [parent] = node.parentRefs ?? [];
      items.push({
        ...resource(node, node, node.version),
        ...(parent ? { parent: idOf(parent) } : {}),
        managed: false,
      });
    }
  }
  return { items: items.slice(0, limits.items), truncated: items.length > limits.items };
}

type Reference = Pick<Node, 'group' | 'kind' | 'namespace' | 'name'>;

function idOf({ group = '', kind, namespace = '', name }: Reference): string {
  return [group, kind, namespace, name].join('/');
}

function resource(
  reference: Reference,
  node: Node | undefined,
  version = '',
): Omit<ReleaseResource, 'managed'> {
  const { group = '', kind, namespace, name } = reference;
  const { health, info, images, createdAt } = node ?? {};
  return {
    id: idOf(reference),
    group,
    version,
    kind,
    ...(namespace ? { namespace } : {}),
    name,
    ...(health?.status
      ? {
          health: {
            status: healthStatus(health.status),
            ...(health.message ? { message: shortenError(health.message) } : {}),
          },
        }
      : {}),
    ...(info?.length
      ? {
          info: info.slice(0, limits.info).map(({ name: label = '', value = '' }) => ({
            name: shorten(label),
            value: shorten(value),
          })),
        }
      : {}),
    ...(images?.length
      ? { images: images.slice(0, limits.images).map(image => shorten(image)) }
      : {}),
    ...(createdAt ? { createdAt } : {}),
  };
}

function driftOf(item: Managed, maxLength: number): Drift {
  // A hook is there only while it runs.
  if (item.hook) return {};
  const hasTarget = item.targetState !== undefined && item.targetState !== 'null';
  // Argo CD writes both the same way; most resources are told apart without being read.
  if (hasTarget && item.normalizedLiveState === item.predictedLiveState) {
    return { status: 'Synced' };
  }
  const [live, target, predicted] = [
    stateOf(item.normalizedLiveState),
    stateOf(item.targetState),
    stateOf(item.predictedLiveState),
  ];
  const wanted = target && (predicted ?? target);
  const texts = toComparableYaml(live, wanted);
  if (texts.before === texts.after) return { status: 'Synced' };
  const { text } = unifiedDiff(texts.before, texts.after, {
    from: live ? 'cluster' : '/dev/null',
    to: wanted ? 'git' : '/dev/null',
    maxLength: Math.max(0, maxLength),
  });
  const both = live && wanted ? 'changed' : 'extra';
  return { status: 'OutOfSync', change: live ? both : 'missing', ...(text ? { diff: text } : {}) };
}

function stateOf(text: string | undefined): Manifest | undefined {
  if (!text || text === 'null') return undefined;
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // A state that is no JSON is one that nobody can compare.
    return undefined;
  }
}

function versionOf({ targetState }: Managed): string | undefined {
  return stateOf(targetState)?.apiVersion.split('/').at(-1);
}
