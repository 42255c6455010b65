import type { Checkout } from '../checkout/checkout';
import { pathFrom } from '../checkout/paths';
import { itemsAt, plain, scalarOf, stringAt, type Traced } from '../traced/traced';
import { setTraced } from '../traced/mergeTraced';
import { objectsOf, type BuiltObject } from './builtObject';
import { findKustomization } from './findKustomization';
import { imageEntries, setImages, type ImageEntry } from './images';
import { type KustomizeBuild, emptyBuild, noteMissing } from './kustomizeBuild';
import { patched } from './kustomizationPatches';

/** Bases of bases of bases; more is a loop. */
const maxDepth = 20;

/**
 * Builds a kustomization without any program: resources, bases, components, patches and images, in kustomize's order.
 *
 * @param extra - images that an Application sets besides
 */
export function buildKustomization(
  checkout: Checkout,
  folder: string,
  extra: readonly ImageEntry[] = [],
): KustomizeBuild {
  const build = emptyBuild();
  const objects = accumulate(checkout, folder, [], build, []);
  const { objects: changed, idle } = setImages(objects, extra);
  return { ...build, objects: changed, idle: [...build.idle, ...idle] };
}

function accumulate(
  checkout: Checkout,
  folder: string,
  given: readonly BuiltObject[],
  build: KustomizeBuild,
  above: readonly string[],
): BuiltObject[] {
  const file = findKustomization(checkout, folder);
  const kustomization = file && checkout.documents(file)[0]?.value;
  if (file === undefined || !kustomization || above.includes(folder) || above.length > maxDepth) {
    build.problems.push(
      `${folder || '.'} cannot be built: it has no kustomization that can be read`,
    );
    return [...given];
  }
  build.files.add(file);
  build.folders.add(folder);
  const below = [...above, folder];
  const texts = (key: string) =>
    itemsAt(kustomization, [key]).flatMap(item => stringAt(item, []) ?? []);
  let objects = [...given];
  for (const resource of [...texts('resources'), ...texts('bases')]) {
    const place = isRemote(resource) ? undefined : pathFrom(folder, resource);
    if (place !== undefined && checkout.isFolder(place)) {
      objects.push(...lent(checkout, place, build, below));
    } else if (place !== undefined && checkout.has(place)) {
      build.files.add(place);
      objects.push(...objectsOf(checkout.documents(place).map(({ value }) => value)));
    } else noteMissing(build, resource, file);
  }
  for (const component of texts('components')) {
    const place = isRemote(component) ? undefined : pathFrom(folder, component);
    if (place === undefined) noteMissing(build, component, file);
    else objects = accumulate(checkout, place, objects, build, below);
  }
  build.charts.push(...itemsAt(kustomization, ['helmCharts']).map(value => ({ value, folder })));
  objects = patched(checkout, folder, kustomization, objects, build);
  objects = renamed(objects, kustomization);
  const { objects: changed, idle } = setImages(objects, imageEntries(kustomization));
  build.idle.push(...idle);
  noteReplacements(kustomization, file, build);
  return changed;
}

const bases = new WeakMap<Checkout, Map<string, KustomizeBuild>>();

/** A base is built once, however many overlays bring it in. */
function lent(
  checkout: Checkout,
  folder: string,
  build: KustomizeBuild,
  above: readonly string[],
): BuiltObject[] {
  const known = bases.get(checkout) ?? new Map<string, KustomizeBuild>();
  bases.set(checkout, known);
  let base = known.get(folder);
  if (!base || above.includes(folder)) {
    base = emptyBuild();
    base.objects = accumulate(checkout, folder, [], base, above);
    known.set(folder, base);
  }
  build.charts.push(...base.charts);
  build.idle.push(...base.idle);
  build.problems.push(...base.problems);
  build.isPartial ||= base.isPartial;
  build.isUnsure ||= base.isUnsure;
  for (const file of base.files) build.files.add(file);
  for (const one of base.folders) build.folders.add(one);
  return base.objects;
}

function renamed(objects: BuiltObject[], kustomization: Traced): BuiltObject[] {
  const prefix = stringAt(kustomization, ['namePrefix']) ?? '';
  const suffix = stringAt(kustomization, ['nameSuffix']) ?? '';
  if (prefix === '' && suffix === '') return objects;
  return objects.map(({ value, names }) => {
    const name = `${prefix}${stringAt(value, ['metadata', 'name']) ?? ''}${suffix}`;
    const path = ['metadata', 'name'];
    return { value: setTraced(value, path, scalarOf(name)), names: new Set([...names, name]) };
  });
}

/** A replacement that writes images is not followed: what it writes would be told wrong. */
function noteReplacements(kustomization: Traced, file: string, build: KustomizeBuild): void {
  const text = JSON.stringify(itemsAt(kustomization, ['replacements']).map(plain));
  if (!/image/i.test(text)) return;
  build.problems.push(`replacements of ${file} write images, which is not followed`);
  build.isUnsure = true;
}

function isRemote(resource: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@|^github\.com[:/]|\?ref=|\/\/.*\?/i.test(resource);
}
