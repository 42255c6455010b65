import { toComparableYaml, type Manifest } from '@internal/gitops';
import { type ObjectDiff, type RenderedDiff } from '@internal/plugin-tenant-releases-common';
import { unifiedDiff } from './unifiedDiff';

const limits = { objects: 200, object: 16 * 1024, all: 512 * 1024 };

/** The objects of a chart. */
export interface ChartManifests {
  /** Path of the chart. */
  chart: string;
  manifests: readonly Manifest[];
}

/** Compares what charts made before with what they make after; bounded in size. */
export function manifestDiff(
  before: readonly ChartManifests[],
  after: readonly ChartManifests[],
): RenderedDiff {
  const [old, now] = [byId(before), byId(after)];
  const objects: ObjectDiff[] = [];
  let unchanged = 0;
  let size = 0;
  for (const id of [...new Set([...now.keys(), ...old.keys()])].sort()) {
    const found = compare(old.get(id), now.get(id), Math.min(limits.object, limits.all - size));
    if (found) objects.push(found);
    else unchanged += 1;
    size += found?.diff.length ?? 0;
  }
  return {
    objects: objects.slice(0, limits.objects),
    unchanged,
    truncated: objects.length > limits.objects || objects.some(({ truncated }) => truncated),
  };
}

type Located = { chart: string; manifest: Manifest };

function byId(charts: readonly ChartManifests[]): Map<string, Located> {
  return new Map(
    charts.flatMap(({ chart, manifests }) =>
      manifests.map(manifest => {
        const { apiVersion, kind, metadata } = manifest;
        const id = [chart, kind, metadata.namespace ?? '', metadata.name, apiVersion].join('\n');
        return [id, { chart, manifest }] as const;
      }),
    ),
  );
}

function compare(
  before: Located | undefined,
  after: Located | undefined,
  maxLength: number,
): ObjectDiff | undefined {
  const { chart, manifest } = (after ?? before)!;
  const { apiVersion, kind, metadata } = manifest;
  const texts = toComparableYaml(before?.manifest, after?.manifest);
  const { text, truncated } = unifiedDiff(texts.before, texts.after, {
    from: before ? `a/${kind}/${metadata.name}` : '/dev/null',
    to: after ? `b/${kind}/${metadata.name}` : '/dev/null',
    maxLength: Math.max(0, maxLength),
  });
  if (text === '' && !truncated) return undefined;
  const change = before && after ? 'changed' : 'removed';
  return {
    chart,
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    change: before ? change : 'added',
    diff: text,
    truncated,
  };
}
