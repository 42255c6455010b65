import { setTraced } from '../traced/mergeTraced';
import { at, itemsAt, nameOfPart, stringAt, type KeyPath, type Traced } from '../traced/traced';
import type { BuiltObject } from './builtObject';

/** What a patch is for; texts are regular expressions, as kustomize takes them. */
export interface PatchTarget {
  kind?: string;
  name?: string;
}

/** Applies a patch to the objects that it is for. @returns the new objects */
export function applyPatch(
  objects: readonly BuiltObject[],
  patch: Traced,
  target: PatchTarget | undefined,
): BuiltObject[] {
  if (patch.kind === 'list') {
    return objects.map(object =>
      target && isTarget(object, target)
        ? { ...object, value: applyJsonPatch(object.value, patch.items) }
        : object,
    );
  }
  const wanted = target ?? {
    kind: exactly(stringAt(patch, ['kind'])),
    name: exactly(stringAt(patch, ['metadata', 'name'])),
  };
  return objects.flatMap(object => {
    if (!isTarget(object, wanted)) return [object];
    if (stringAt(patch, ['$patch']) === 'delete') return [];
    const value = mergeStrategic(object.value, patch);
    const name = stringAt(object.value, ['metadata', 'name']);
    // A patch with a target of its own may be called anything.
    const kept =
      name === undefined
        ? value
        : setTraced(value, ['metadata', 'name'], at(object.value, ['metadata', 'name'])!);
    return [{ ...object, value: kept }];
  });
}

function exactly(text: string | undefined): string | undefined {
  return text?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isTarget({ value, names }: BuiltObject, { kind, name }: PatchTarget): boolean {
  const fits = (pattern: string | undefined, text: string) => {
    if (pattern === undefined) return true;
    try {
      return new RegExp(`^(?:${pattern})$`).test(text);
    } catch {
      // No expression: kustomize refuses it, and so it is for nothing.
      return false;
    }
  };
  return fits(kind, stringAt(value, ['kind']) ?? '') && [...names].some(one => fits(name, one));
}

/** Merges as Kubernetes does: blocks by key, lists of named items by name, other lists as a whole. */
export function mergeStrategic(under: Traced | undefined, over: Traced): Traced {
  if (over.kind === 'map' && under?.kind === 'map') {
    const entries = new Map(under.entries);
    for (const [key, value] of over.entries) {
      if (value.kind === 'scalar' && value.value === null) entries.delete(key);
      else entries.set(key, mergeStrategic(entries.get(key), value));
    }
    return { kind: 'map', entries, origin: over.origin };
  }
  if (
    over.kind === 'list' &&
    under?.kind === 'list' &&
    [...under.items, ...over.items].every(isNamed)
  ) {
    const items = [...under.items];
    for (const item of over.items) {
      const index = items.findIndex(one => stringAt(one, ['name']) === stringAt(item, ['name']));
      const isDelete = stringAt(item, ['$patch']) === 'delete';
      if (index < 0 && !isDelete) items.push(item);
      else if (index >= 0)
        items.splice(index, 1, ...(isDelete ? [] : [mergeStrategic(items[index], item)]));
    }
    return { kind: 'list', items, origin: over.origin };
  }
  return over;
}

function isNamed(item: Traced): boolean {
  return stringAt(item, ['name']) !== undefined;
}

/** RFC 6902, as far as it sets and removes values. */
function applyJsonPatch(value: Traced, operations: readonly Traced[]): Traced {
  return operations.reduce((result, operation) => {
    const path = pointer(stringAt(operation, ['path']) ?? '', result);
    const leaf = at(operation, ['value']);
    const op = stringAt(operation, ['op']);
    if ((op === 'add' || op === 'replace') && leaf && path.length > 0) {
      return setTraced(result, path, leaf);
    }
    return op === 'remove' ? without(result, path) : result;
  }, value);
}

/** The keys and indexes of a JSON pointer, RFC 6901. */
function pointer(text: string, value: Traced): KeyPath {
  const path: Array<string | number> = [];
  for (const part of text.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const holder = at(value, path);
    if (holder?.kind === 'list') path.push(key === '-' ? holder.items.length : Number(key));
    else path.push(key);
  }
  return path;
}

function without(value: Traced, path: KeyPath): Traced {
  const holder = at(value, path.slice(0, -1));
  const last = path[path.length - 1];
  if (holder?.kind === 'map') {
    const entries = new Map(holder.entries);
    entries.delete(String(nameOfPart(last)));
    return setTraced(value, path.slice(0, -1), { ...holder, entries });
  }
  if (holder?.kind !== 'list') return value;
  const items = itemsAt(value, path.slice(0, -1)).filter((_, index) => index !== last);
  return setTraced(value, path.slice(0, -1), { ...holder, items });
}
