import { pathFrom } from '../checkout/paths';
import { buildKustomization } from '../kustomize/buildKustomization';
import type { ImageEntry } from '../kustomize/images';
import { parseImage } from '../locate/imageReference';
import { isArgocd } from '../applications/manifests';
import type { ApplicationSource } from '../applications/application';
import { mergeTraced } from '../traced/mergeTraced';
import { at, itemsAt, stringAt, type Traced, type TracedScalar } from '../traced/traced';
import { sorted, together, versionOf, type VersionsFound } from './appliedVersion';
import { remoteChartVersions } from './remoteChartVersions';
import type { ChartTools } from './chartTools';
import { objectVersions } from './objectVersions';
import type { SourceFinding } from './sourceFinding';

/** What the build of a kustomization deploys; also for an overlay that no Application names. */
export async function kustomization(
  tools: ChartTools,
  folder: string,
  source?: ApplicationSource,
): Promise<SourceFinding> {
  const images = itemsAt(source?.value, ['kustomize', 'images']).flatMap(imageOverride);
  const added = at(source?.value, ['kustomize']);
  const build = buildKustomization(tools.checkout, folder, {
    images,
    ...(added ? { value: added } : {}),
  });
  const charts = await Promise.all(build.charts.map(chart => inflated(tools, chart)));
  const own = objectVersions(build.objects);
  // Entries that match none of the objects may be for those of a chart, or of another repository.
  const isPartial = build.isPartial || build.charts.length > 0;
  const set = new Set(build.idle.map(({ name }) => name));
  const found = build.isUnsure
    ? together()
    : together(
        own,
        ...charts.map(({ versions, problems }) => ({
          versions: versions.filter(({ image = '' }) => !set.has(image)),
          problems,
        })),
        isPartial ? assumed(build.idle) : together(),
      );
  const isParent = build.objects.some(({ value }) => isArgocd(value));
  // What could not be followed matters when no version was found for it.
  const problems =
    found.versions.length === 0 || build.isUnsure ? build.problems.map(reason => ({ reason })) : [];
  return {
    folder,
    places: [...build.files].reverse(),
    versions: found.versions,
    problems: [...found.problems, ...problems],
    idle: isPartial ? [] : build.idle.map(({ name }) => name),
    isParent,
  };
}

/** Where a base is in another repository, its images are not known: the entries speak for them. */
function assumed(entries: readonly ImageEntry[]): VersionsFound {
  return sorted(
    entries.flatMap(({ name, newName = name, newTag, digest }) => {
      const scalar = newTag ?? digest;
      if (!scalar) return [];
      const found = versionOf(scalar, { kind: 'kustomize', image: newName });
      const beside = newTag && stringAt(digest, []);
      return [beside && 'version' in found ? { ...found, digest: beside } : found];
    }),
  );
}

/** `name=registry/name:tag` of `spec.source.kustomize.images`. */
function imageOverride(value: Traced): ImageEntry[] {
  const text = stringAt(value, []);
  if (value.kind !== 'scalar' || text === undefined) return [];
  const equals = text.indexOf('=');
  const image = parseImage(text.slice(equals + 1));
  if (!image) return [];
  const part = (tag: string | undefined): TracedScalar | undefined =>
    tag === undefined ? undefined : { ...value, value: tag, source: tag, plain: false };
  const { tag, digest, name: newName } = image;
  const name = equals < 0 ? newName : text.slice(0, equals);
  const newTag = part(tag);
  const newDigest = part(digest);
  return [
    {
      name,
      newName,
      ...(newTag ? { newTag } : {}),
      ...(newDigest ? { digest: newDigest } : {}),
      whole: value,
    },
  ];
}

/** A chart that a kustomization renders (`helmCharts`). */
async function inflated(
  tools: ChartTools,
  { value, folder }: { value: Traced; folder: string },
): Promise<VersionsFound> {
  const name = stringAt(value, ['name']) ?? '';
  const files = [
    stringAt(value, ['valuesFile']),
    ...itemsAt(value, ['additionalValuesFiles']).map(item => stringAt(item, [])),
  ];
  const values = files.reduce<Traced | undefined>((result, file) => {
    const path = file === undefined ? undefined : pathFrom(folder, file);
    return path === undefined
      ? result
      : mergeTraced(result, tools.checkout.documents(path)[0]?.value);
  }, undefined);
  const version = at(value, ['version']);
  const merged = mergeTraced(values, at(value, ['valuesInline']));
  return remoteChartVersions(name, version?.kind === 'scalar' ? version : undefined, merged);
}
