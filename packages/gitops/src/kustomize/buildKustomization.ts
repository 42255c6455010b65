import type { Checkout } from '../checkout/checkout';
import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { pathFrom } from '../checkout/paths';
import { itemsAt, plain, scalarOf, stringAt, type Traced } from '../traced/traced';
import { setTraced } from '../traced/mergeTraced';
import { objectsOf, type BuiltObject } from './builtObject';
import { findKustomization } from './findKustomization';
import { imageEntries, setImages, type ImageEntry } from './images';
import { type KustomizeBuild, emptyBuild, noteMissing, noteUnsure } from './kustomizeBuild';
import { patched } from './kustomizationPatches';

/** Bases of bases of bases; more is a loop. */
const maxDepth = 20;
/** Components that bring in components, each more than once; more has no end. */
const maxVisits = 2_000;

/**
 * Builds a kustomization without any program: resources, bases, components, patches and images, in kustomize's order.
 *
 * @param over - what an Application sets besides: images take the place of those of the same name, the rest comes behind
 */
export function buildKustomization(
  checkout: Checkout,
  folder: string,
  over: Additions = {},
): KustomizeBuild {
  const build = emptyBuild();
  const objects = accumulate(checkout, folder, [], build, [], over);
  return { ...build, objects };
}

/** What an Application adds to a kustomization (`spec.source.kustomize`). */
export interface Additions {
  value?: Traced;
  images?: readonly ImageEntry[];
}

function accumulate(
  checkout: Checkout,
  folder: string,
  given: readonly BuiltObject[],
  build: KustomizeBuild,
  above: readonly string[],
  { value: over, images = [] }: Additions = {},
): BuiltObject[] {
  const file = findKustomization(checkout, folder);
  const kustomization = file && checkout.documents(file)[0]?.value;
  build.visits += 1;
  const isEndless = above.includes(folder) || above.length > maxDepth || build.visits > maxVisits;
  if (file === undefined || !kustomization || isEndless) {
    build.problems.push(
      `${folder || '.'} cannot be built: it has no kustomization that can be read`,
    );
    return [...given];
  }
  build.files.add(file);
  build.folders.add(folder);
  const below = [...above, folder];
  const texts = (key: string) =>
    [kustomization, over].flatMap(one =>
      itemsAt(one, [key]).flatMap(item => stringAt(item, []) ?? []),
    );
  let objects = [...given];
  for (const resource of [...texts('resources'), ...texts('bases')]) {
    const place = isRemote(resource) ? undefined : pathFrom(folder, resource);
    if (place !== undefined && checkout.isFolder(place)) {
      objects.push(...lent(checkout, place, build, below));
    } else if (place !== undefined && checkout.has(place)) {
      build.files.add(place);
      if (isUnreadable(checkout, place)) build.problems.push(unreadable(place));
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
  if (over) objects = patched(checkout, folder, over, objects, build);
  objects = renamed(objects, kustomization);
  const own = imageEntries(kustomization).filter(
    ({ name }) => !images.some(other => other.name === name),
  );
  const { objects: changed, idle } = setImages(objects, [...own, ...images]);
  build.idle.push(...idle);
  noteOtherWriters(checkout, folder, kustomization, file, build);
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

/** Whatever else of kustomize may write images. */
function noteOtherWriters(
  checkout: Checkout,
  folder: string,
  kustomization: Traced,
  file: string,
  build: KustomizeBuild,
): void {
  for (const key of ['replacements', 'transformers']) {
    const items = itemsAt(kustomization, [key]);
    const texts = items.map(item => {
      const place = pathFrom(folder, stringAt(item, ['path']) ?? stringAt(item, []) ?? '');
      const named = place !== undefined && checkout.has(place) ? checkout.text(place) : undefined;
      return `${JSON.stringify(plain(item))} ${named ?? ''}`;
    });
    if (texts.some(text => /image|containers/i.test(text))) {
      noteUnsure(build, `${key} of ${file} write images, which is not followed`);
    }
  }
}

/** Whether a resource is in another repository. */
export function isRemote(resource: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@|^github\.com[:/]|\?ref=|\/\/.*\?/i.test(resource);
}
