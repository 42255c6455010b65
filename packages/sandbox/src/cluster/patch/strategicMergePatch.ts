import { JsonObject, isJsonObject, jsonEqual, listOrEmpty } from '../model/json';
import { badRequest } from '../model/statusError';
import { listMerge } from './listKeys';

const orderPrefix = '$setElementOrder/';
const removePrefix = '$deleteFromPrimitiveList/';

function isDirective(key: string): boolean {
  return key.startsWith('$');
}

/** An object of a patch without its directives: what is stored when there was nothing to merge into. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(item => !(isJsonObject(item) && item.$patch === 'delete'))
      .map(withoutDirectives);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isDirective(key) && item !== null)
      .map(([key, item]) => [key, withoutDirectives(item)]),
  );
}

/** Sorts by the order that the patch names; what it does not name keeps its place behind. */
function ordered(items: unknown[], order: unknown, key: string | undefined): unknown[] {
  if (!Array.isArray(order)) {
    return items;
  }
  const identity = (item: unknown) => (key && isJsonObject(item) ? item[key] : item);
  const wanted = order.map(identity);
  const rank = (item: unknown) => {
    const index = wanted.findIndex(entry => jsonEqual(entry, identity(item)));
    return index < 0 ? wanted.length : index;
  };
  return [...items].sort((left, right) => rank(left) - rank(right));
}

function mergeKeyedList(
  current: unknown[],
  patch: unknown[],
  key: string,
  path: readonly string[],
): unknown[] {
  if (patch.some(item => isJsonObject(item) && item.$patch === 'replace')) {
    return listOrEmpty(
      withoutDirectives(patch.filter(item => !(isJsonObject(item) && item.$patch === 'replace'))),
    );
  }
  let result = [...current];
  for (const item of patch) {
    if (!isJsonObject(item) || item[key] === undefined) {
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    }
    const index = result.findIndex(
      existing => isJsonObject(existing) && jsonEqual(existing[key], item[key]),
    );
    if (item.$patch === 'delete') {
      result = result.filter((_, position) => position !== index);
    } else if (index < 0) {
      result.push(withoutDirectives(item));
    } else {
      result[index] = mergeObject(result[index], item, path);
    }
  }
  return result;
}

function mergeList(current: unknown, patch: unknown[], path: readonly string[]): unknown[] {
  const merge = listMerge(path, false);
  if (merge === 'set') {
    const existing = listOrEmpty(current);
    return [...existing, ...patch.filter(item => !existing.some(other => jsonEqual(other, item)))];
  }
  return merge
    ? mergeKeyedList(listOrEmpty(current), patch, merge.keys[0], path)
    : listOrEmpty(withoutDirectives(patch));
}

function mergeObject(current: unknown, patch: JsonObject, path: readonly string[]): unknown {
  if (patch.$patch === 'replace') {
    return withoutDirectives(patch);
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  const result: JsonObject = isJsonObject(current) ? { ...current } : {};
  const retained = patch.$retainKeys;
  if (Array.isArray(retained)) {
    for (const key of Object.keys(result).filter(name => !retained.includes(name))) {
      delete result[key];
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    const fieldPath = [...path, key];
    if (key.startsWith(removePrefix)) {
      const field = key.slice(removePrefix.length);
      result[field] = listOrEmpty(result[field]).filter(
        item => !listOrEmpty(value).some(removed => jsonEqual(item, removed)),
      );
    } else if (isDirective(key)) {
      continue;
    } else if (value === null) {
      delete result[key];
    } else if (Array.isArray(value)) {
      result[key] = mergeList(result[key], value, fieldPath);
    } else if (isJsonObject(value)) {
      result[key] = mergeObject(result[key], value, fieldPath);
    } else {
      result[key] = value;
    }
  }
  for (const [key, order] of Object.entries(patch)) {
    const field = key.slice(orderPrefix.length);
    if (key.startsWith(orderPrefix) && Array.isArray(result[field])) {
      const merge = listMerge([...path, field], false);
      const mergeKey = typeof merge === 'object' ? merge.keys[0] : undefined;
      result[field] = ordered(listOrEmpty(result[field]), order, mergeKey);
    }
  }
  return result;
}

/**
 * Strategic merge patch for built-in kinds, with the directives $patch, $retainKeys, $setElementOrder and
 * $deleteFromPrimitiveList. Returns a new document.
 * Source: sig-api-machinery/strategic-merge-patch.md in kubernetes/community.
 * @throws StatusError 400 for a list item without its merge key.
 */
export function strategicMergePatch(document: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) {
    throw badRequest('error decoding patch: it is not an object');
  }
  return mergeObject(document, patch, []);
}
