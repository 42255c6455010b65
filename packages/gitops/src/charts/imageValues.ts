import { digestPattern } from '../tenantFile/tenantImage';
import { parseImage } from '../locate/imageReference';
import { tagPattern } from '../locate/tagForm';
import type { LocatorKind } from '../locate/locator';
import {
  stringAt,
  type KeyPath,
  type Traced,
  type TracedMap,
  type TracedScalar,
} from '../traced/traced';

/** A value of a values file that may be the version of an image. */
export interface ImageValue {
  /** Where it is in the merged values. */
  path: KeyPath;
  scalar: TracedScalar;
  kind: Extract<LocatorKind, 'yaml' | 'image'>;
  /** Name of the image, where the values say it. */
  image?: string;
  /** The key above the image: what the values call the service. */
  service?: string;
  /** A digest that stands beside the tag. */
  digest?: string;
  /** Whether the values alone make it likely; else only a rendered chart tells. */
  isLikely: boolean;
}

const imageKey = /^(image|img|container_?image)$/i;
const tagKey = /^(tag|image_?tag|image_?version)$/i;
const prefixedTag = /^(.+?)[-_]?(?:image)?[-_]?tag$/i;
const prefixedImage = /^(.+?)[-_]?image$/i;
const nameKeys = [
  'repository',
  'name',
  'image',
  'imageName',
  'imageRepository',
  'repo',
  'registry',
];
/** What only prepares is no release. */
const preparing = /init_?containers?$/i;
/** Words above an image that say nothing of a service. */
const plainWords = /^(image|images|img|container|containers|global|values|main|defaults?)$/i;

/** Finds what may be the version of an image in values. Blocks that are switched off (`enabled: false`) are passed over. */
export function imageValues(values: Traced | undefined): ImageValue[] {
  return values ? search(values, [], scalarValue) : [];
}

/** Finds what stands in the place of an image's tag and cannot be one, such as `12:30` or what is encrypted. */
export function oddTags(
  values: Traced | undefined,
): Array<Pick<ImageValue, 'path' | 'scalar' | 'service'>> {
  return values ? search(values, [], oddTag) : [];
}

type Visit<T> = (block: TracedMap, path: KeyPath, key: string, scalar: TracedScalar) => T[];

function search<T extends { service?: string }>(
  value: Traced,
  path: KeyPath,
  visit: Visit<T>,
): T[] {
  if (value.kind === 'list') {
    return value.items.flatMap((item, index) => {
      const name = stringAt(item, ['name']);
      const isNamed = name !== undefined && !name.includes('/') && !name.includes(':');
      return search(item, [...path, index], visit).map(found =>
        isNamed && found.service === undefined ? { ...found, service: name } : found,
      );
    });
  }
  if (value.kind === 'scalar') return [];
  const enabled = value.entries.get('enabled');
  if (enabled?.kind === 'scalar' && enabled.value === false) return [];
  return [...value.entries].flatMap(([key, entry]) => {
    if (entry.kind === 'scalar') return visit(value, path, key, entry);
    return preparing.test(key) ? [] : search(entry, [...path, key], visit);
  });
}

function scalarValue(
  block: TracedMap,
  path: KeyPath,
  key: string,
  scalar: TracedScalar,
): ImageValue[] {
  const text = stringAt(scalar, []);
  if (text === undefined || text === '') return [];
  const place = { path: [...path, key], scalar };
  const image = parseImage(text);
  const isWhole = image && (image.tag ?? image.digest) !== undefined;
  if (isWhole && /image|repository|name/i.test(key)) {
    const isLikely = imageKey.test(key) || prefixedImage.test(key);
    if (isLikely || text.includes('/')) {
      const service = serviceAbove(path, prefixedImage.exec(key)?.[1]);
      return [{ ...place, kind: 'image', image: image.name, ...service, isLikely }];
    }
  }
  if (tagKey.test(key) && isTag(text)) {
    const name = nameIn(block);
    const isInImage = path.some(part => /image/i.test(String(part)));
    const isLikely = name !== undefined || isInImage || key.toLowerCase() !== 'tag';
    const beside = stringAt(block, ['digest']) ?? '';
    const digest = digestPattern.test(beside) ? { digest: beside } : {};
    return [{ ...place, kind: 'yaml', ...name, ...digest, ...serviceAbove(path), isLikely }];
  }
  if (key === 'digest' && digestPattern.test(text) && !hasTag(block)) {
    return [{ ...place, kind: 'yaml', ...nameIn(block), ...serviceAbove(path), isLikely: true }];
  }
  const prefix = prefixedTag.exec(key)?.[1];
  if (prefix !== undefined && isTag(text)) {
    return [{ ...place, kind: 'yaml', ...serviceAbove(path, prefix), isLikely: false }];
  }
  return /^(app_?)?version$/i.test(key) && isTag(text)
    ? [{ ...place, kind: 'yaml', ...nameIn(block), ...serviceAbove(path), isLikely: false }]
    : [];
}

function oddTag(
  block: TracedMap,
  path: KeyPath,
  key: string,
  scalar: TracedScalar,
): Array<Pick<ImageValue, 'path' | 'scalar' | 'service'>> {
  const text = stringAt(scalar, []) ?? '';
  const isOdd = tagKey.test(key) && text !== '' && !isTag(text) && nameIn(block) !== undefined;
  return isOdd ? [{ path: [...path, key], scalar }] : [];
}

function isTag(text: string): boolean {
  return tagPattern.test(text.replace(/@sha256:[0-9a-f]{64}$/, ''));
}

function hasTag(block: TracedMap): boolean {
  return [...block.entries].some(
    ([key, entry]) => tagKey.test(key) && (stringAt(entry, []) ?? '') !== '',
  );
}

function nameIn(block: TracedMap): { image: string } | undefined {
  const found = nameKeys.map(key => stringAt(block, [key])).find(text => text && parseImage(text));
  if (found === undefined) return undefined;
  return { image: parseImage(found)?.name ?? found };
}

/** The key above the image block, or above what only says "image". */
function serviceAbove(path: KeyPath, prefix?: string): { service: string } | undefined {
  if (prefix !== undefined && !plainWords.test(prefix)) return { service: prefix };
  const keys = path.filter((part): part is string => typeof part === 'string');
  const found = keys.reverse().find(key => !plainWords.test(key));
  return found === undefined ? undefined : { service: found };
}
