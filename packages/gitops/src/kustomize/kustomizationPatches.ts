import type { Checkout } from '../checkout/checkout';
import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { pathFrom } from '../checkout/paths';
import { readInner } from '../traced/readTraced';
import { at, itemsAt, stringAt, type Traced } from '../traced/traced';
import type { BuiltObject } from './builtObject';
import { applyPatch } from './patch';
import { noteUnsure, type KustomizeBuild } from './kustomizeBuild';

/** Patches by text, by file, and of the three kinds that kustomize has had. */
export function patched(
  checkout: Checkout,
  folder: string,
  kustomization: Traced,
  objects: BuiltObject[],
  build: KustomizeBuild,
): BuiltObject[] {
  const fromFile = (name: string | undefined): Traced[] => {
    const file = name === undefined ? undefined : pathFrom(folder, name);
    if (file === undefined || !checkout.has(file)) return [];
    build.files.add(file);
    if (isUnreadable(checkout, file)) noteUnsure(build, unreadable(file));
    return checkout.documents(file).map(({ value }) => value);
  };
  const inline = (text: Traced | undefined): Traced[] => {
    const patch = readInner(text);
    if (!patch) noteUnsure(build, 'a patch is no YAML that can be read');
    return patch ? [patch] : [];
  };
  let result = objects;
  for (const item of itemsAt(kustomization, ['patchesStrategicMerge'])) {
    const patches = inlineOrFile(item, inline, fromFile);
    for (const patch of patches) result = applyPatch(result, patch, undefined);
  }
  for (const item of [
    ...itemsAt(kustomization, ['patches']),
    ...itemsAt(kustomization, ['patchesJson6902']),
  ]) {
    const target = at(item, ['target']);
    const patches = at(item, ['patch'])
      ? inline(at(item, ['patch']))
      : fromFile(stringAt(item, ['path']));
    for (const patch of patches) result = applyPatch(result, patch, target);
  }
  return result;
}

function inlineOrFile(
  item: Traced,
  inline: (text: Traced) => Traced[],
  fromFile: (name: string | undefined) => Traced[],
): Traced[] {
  const text = stringAt(item, []);
  return text !== undefined && text.includes('\n') ? inline(item) : fromFile(text);
}
