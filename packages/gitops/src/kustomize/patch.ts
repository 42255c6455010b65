import { meetsText } from '../applicationSets/selector';
import { mergeTraced, setTraced } from '../traced/mergeTraced';
import { at, itemsAt, nameOfPart, stringAt, type KeyPath, type Traced } from '../traced/traced';
import type { BuiltObject } from './builtObject';
import { expression } from './expression';

/** Applies a patch to the objects that it is for. @returns the new objects */
export function applyPatch(
  objects: readonly BuiltObject[],
  patch: Traced,
  target: Traced | undefined,
): BuiltObject[] {
  if (patch.kind === 'list') {
    return objects.map(object =>
      target && isTarget(object, target)
        ? { ...object, value: applyJsonPatch(object.value, patch.items) }
        : object,
    );
  }
  return objects.flatMap(object => {
    if (!(target ? isTarget(object, target) : isNamedAlike(object, patch))) return [object];
    if (stringAt(patch, ['$patch']) === 'delete') return [];
    const value = isBuiltIn(object.value)
      ? mergeStrategic(object.value, patch)
      : mergeTraced(object.value, patch) ?? object.value;
    const name = stringAt(object.value, ['metadata', 'name']);
    // A patch with a target of its own may be called anything.
    const kept =
      name === undefined
        ? value
        : setTraced(value, ['metadata', 'name'], at(object.value, ['metadata', 'name'])!);
    return [{ ...object, value: kept }];
  });
}

function isNamedAlike({ value, names }: BuiltObject, patch: Traced): boolean {
  const name = stringAt(patch, ['metadata', 'name']);
  const isAlike = ['kind', 'apiVersion'].every(key => {
    const wanted = stringAt(patch, [key]);
    return wanted === undefined || wanted === stringAt(value, [key]);
  });
  return isAlike && (name === undefined || names.has(name));
}

/** Whether an object is a target of a patch; kind and names are regular expressions, as kustomize takes them. */
function isTarget({ value, names }: BuiltObject, target: Traced): boolean {
  const fits = (key: string, ...texts: Array<string | undefined>) => {
    const pattern = stringAt(target, [key]);
    if (pattern === undefined || pattern === '') return true;
    const wanted = expression(pattern);
    return texts.some(text => wanted?.test(text ?? '') ?? false);
  };
  const [, group = '', version] =
    /^(?:(.+)\/)?([^/]*)$/.exec(stringAt(value, ['apiVersion']) ?? '') ?? [];
  return (
    fits('kind', stringAt(value, ['kind'])) &&
    fits('group', group) &&
    fits('version', version) &&
    fits('namespace', stringAt(value, ['metadata', 'namespace'])) &&
    fits('name', ...names) &&
    ['label', 'annotation'].every(kind =>
      meetsText(stringAt(target, [`${kind}Selector`]) ?? '', name =>
        stringAt(value, ['metadata', `${kind}s`, name]),
      ),
    )
  );
}

/** Whether Kubernetes itself knows a kind; lists of any other are replaced as a whole. */
function isBuiltIn(value: Traced): boolean {
  const [group] = (stringAt(value, ['apiVersion']) ?? '').split('/');
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Merges as Kubernetes does: blocks by key, lists of named items by name, other lists as a whole. */
function mergeStrategic(under: Traced | undefined, over: Traced): Traced {
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
      const holder = at(result, path.slice(0, -1));
      const index = path[path.length - 1];
      if (op === 'replace' || holder?.kind !== 'list') return setTraced(result, path, leaf);
      const items = [...holder.items];
      items.splice(Number(index), 0, leaf);
      return setTraced(result, path.slice(0, -1), { ...holder, items });
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
