import type { ImageValue } from '../charts/imageValues';
import { probeChart, type ChartProbe } from '../charts/probeChart';
import { decides, decidingValues } from '../charts/templateConditions';
import type { KeyPath, Traced } from '../traced/traced';
import type { ChartTools, ChartUse } from './chartTools';

/**
 * What the rendering of a chart shows of its values. Charts render alike with values that differ in texts only, but for those that
 * a template decides by: they are rendered once.
 */
export async function probed(
  tools: ChartTools,
  use: ChartUse,
  candidates: readonly ImageValue[],
): Promise<ChartProbe | { refused: string }> {
  const { folder, release, namespace, values } = use;
  const versions = new Set(candidates.map(({ path }) => JSON.stringify(path)));
  const deciding = decidingValues(tools.checkout, folder);
  const isKept = (path: KeyPath) => !versions.has(JSON.stringify(path)) && decides(deciding, path);
  const key = `${folder}\n${JSON.stringify(shapeOf(values, [], isKept))}`;
  const probe =
    tools.probes.get(key) ??
    probeChart(tools.bench, { chart: folder, release, namespace }, values, candidates);
  tools.probes.set(key, probe);
  const result = await probe;
  return 'refused' in result ? result : forCandidates(result, candidates);
}

/** A probe for other values of the same shape, by their paths. */
function forCandidates(probe: ChartProbe, candidates: readonly ImageValue[]): ChartProbe {
  const known = new Map(
    [...probe.images].map(([value, names]) => [JSON.stringify(value.path), names]),
  );
  const images = new Map<ImageValue, readonly string[]>();
  for (const candidate of candidates) {
    const names = known.get(JSON.stringify(candidate.path));
    if (names) images.set(candidate, names);
  }
  return { ...probe, images };
}

/** What two sets of values have in common that render alike. @param isKept - whether a text matters as it is */
function shapeOf(
  value: Traced | undefined,
  path: KeyPath,
  isKept: (path: KeyPath) => boolean,
): unknown {
  if (!value) return null;
  if (value.kind === 'list') {
    return value.items.map((item, index) => shapeOf(item, [...path, index], isKept));
  }
  if (value.kind === 'map') {
    return [...value.entries].map(([key, entry]) => [key, shapeOf(entry, [...path, key], isKept)]);
  }
  const isTold = typeof value.value !== 'string' && typeof value.value !== 'number';
  return isTold || value.value === '' || isKept(path) ? value.value : typeof value.value;
}
