import { formatImage, parseImage } from '../locate/imageReference';
import {
  at,
  entriesAt,
  itemsAt,
  misreading,
  stringAt,
  type Traced,
  type TracedScalar,
} from '../traced/traced';
import type { BuiltObject } from './builtObject';
import { expression } from './expression';

/** An entry of `images` in a kustomization or in an Application. */
export interface ImageEntry {
  name: string;
  newName?: string;
  newTag?: TracedScalar;
  digest?: TracedScalar;
  /** Where the version stands, when the entry is a text such as `name=new:tag`. */
  whole?: TracedScalar;
}

/** The `images` of a kustomization. */
export function imageEntries(kustomization: Traced): ImageEntry[] {
  const items = itemsAt(kustomization, ['images']);
  const names = items.map(item => stringAt(item, ['name']) ?? '');
  return items.flatMap((item, index) => {
    const name = names[index];
    if (name === '') return [];
    // By name, where that is enough to find it again.
    const key = names.indexOf(name) === names.lastIndexOf(name) ? { name } : index;
    const scalar = (field: string) => {
      const value = at(item, [field]);
      if (value?.kind !== 'scalar' || value.value === null || value.value === '') return {};
      const origin = value.origin && { ...value.origin, path: ['images', key, field] };
      return { [field]: { ...value, origin } };
    };
    const newName = stringAt(item, ['newName']);
    return [{ name, ...(newName ? { newName } : {}), ...scalar('newTag'), ...scalar('digest') }];
  });
}

/**
 * Sets the images of objects, as kustomize's image transformer does. An entry whose name no image has does nothing.
 *
 * @returns the objects, and the entries that did nothing
 */
export function setImages(
  objects: readonly BuiltObject[],
  entries: readonly ImageEntry[],
): { objects: BuiltObject[]; idle: ImageEntry[] } {
  if (entries.length === 0) return { objects: [...objects], idle: [] };
  const used = new Set<ImageEntry>();
  const changed = objects.map(object => {
    const value = mapContainers(object.value, image => {
      let result = image;
      for (const entry of entries) {
        const next = transform(result, entry);
        if (next) used.add(entry);
        result = next ?? result;
      }
      return result;
    });
    return { ...object, value };
  });
  return { objects: changed, idle: entries.filter(entry => !used.has(entry)) };
}

function transform(image: TracedScalar, entry: ImageEntry): TracedScalar | undefined {
  const written = String(image.value);
  const reference = parseImage(written);
  if (!reference || !isMeant(written, entry.name)) return undefined;
  const { newTag, digest, newName = reference.name } = entry;
  const setter = newTag ?? digest;
  const version = setter
    ? { tag: newTag && text(newTag), digest: digest && text(digest) }
    : { tag: reference.tag, digest: reference.digest };
  const from = versionOrigin(image);
  const own = entry.whole ?? setter;
  const misread = setter && typeof setter.value === 'number' ? misreadNumber(setter) : undefined;
  const kind = entry.whole ? ('image' as const) : ('kustomize' as const);
  const versionAt = setter
    ? own?.origin && { kind, origin: own.origin, ...(misread ? { misread } : {}) }
    : from;
  const value = formatImage({ name: newName, ...version });
  return { ...image, value, source: value, plain: false, ...(versionAt ? { versionAt } : {}) };
}

/** As kustomize matches: the name is an expression, which may hold a tag; api/filters/imagetag in kustomize 5. */
function isMeant(image: string, name: string): boolean {
  return expression(name, '(:[\\w.{}-]*)?(@sha256:[\\w.{}-]*)?')?.test(image) ?? false;
}

function text({ value, source }: TracedScalar): string {
  return typeof value === 'string' ? value : source;
}

/** kustomize takes texts only. */
function misreadNumber(scalar: TracedScalar): string {
  return (
    misreading(scalar) ??
    `is ${scalar.source}, which kustomize refuses as a number: put it in quotes`
  );
}

/** Where the version of an image stands. */
export function versionOrigin(image: TracedScalar): TracedScalar['versionAt'] {
  return image.versionAt ?? (image.origin && { kind: 'image', origin: image.origin });
}

/** Changes the images of every container in a value, at any depth. */
function mapContainers(value: Traced, change: (image: TracedScalar) => TracedScalar): Traced {
  if (value.kind === 'list') {
    return { ...value, items: value.items.map(item => mapContainers(item, change)) };
  }
  if (value.kind === 'scalar') return value;
  const entries = new Map<string, Traced>();
  for (const [key, entry] of value.entries) {
    if (/^(initC|c)ontainers$/.test(key) && entry.kind === 'list') {
      entries.set(key, { ...entry, items: entry.items.map(item => changeImage(item, change)) });
    } else entries.set(key, mapContainers(entry, change));
  }
  return { ...value, entries };
}

function changeImage(container: Traced, change: (image: TracedScalar) => TracedScalar): Traced {
  const image = at(container, ['image']);
  if (container.kind !== 'map' || image?.kind !== 'scalar') return container;
  return {
    ...container,
    entries: new Map([...entriesAt(container, []), ['image', change(image)]]),
  };
}

/** The images of the containers of an object, without those that only prepare. */
export function containerImages(value: Traced): Array<{ image: TracedScalar; container?: string }> {
  if (value.kind === 'list') return value.items.flatMap(containerImages);
  if (value.kind === 'scalar') return [];
  return [...value.entries].flatMap(([key, entry]) => {
    if (key !== 'containers' || entry.kind !== 'list') {
      return key === 'initContainers' ? [] : containerImages(entry);
    }
    return entry.items.flatMap(item => {
      const image = at(item, ['image']);
      const container = stringAt(item, ['name']);
      return image?.kind === 'scalar' ? [{ image, ...(container ? { container } : {}) }] : [];
    });
  });
}
