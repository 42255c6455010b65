import { isObject, JsonObject } from '../json/json';
import { keyedItems } from './mergeKeys';

/**
 * What an apply makes of a live object: fields of `target` win, fields that the last apply set and `target` no longer has
 * go, everything else (defaults, other writers' fields) stays. The inputs stay as they are.
 * This is kubectl's three-way patch on plain data.
 */
export function threeWayMerge(live: JsonObject, last: JsonObject, target: JsonObject): JsonObject {
  return mergeObjects(live, last, target, '');
}

function mergeObjects(
  live: JsonObject,
  last: JsonObject,
  target: JsonObject,
  path: string,
): JsonObject {
  const merged: JsonObject = {};
  for (const [key, value] of Object.entries(live)) {
    const dropped = key in last && !isPresent(target[key]);
    if (!dropped) merged[key] = value;
  }
  for (const [key, value] of Object.entries(target)) {
    if (!isPresent(value)) continue;
    merged[key] = mergeValues(live[key], last[key], value, path ? `${path}.${key}` : key);
  }
  return merged;
}

function mergeValues(live: unknown, last: unknown, target: unknown, path: string): unknown {
  if (isObject(target)) {
    return mergeObjects(isObject(live) ? live : {}, isObject(last) ? last : {}, target, path);
  }
  if (Array.isArray(target) && Array.isArray(live)) {
    return mergeLists(live, Array.isArray(last) ? last : [], target, path);
  }
  return target;
}

function mergeLists(live: unknown[], last: unknown[], target: unknown[], path: string): unknown[] {
  const targetItems = keyedItems(target, path);
  const liveItems = keyedItems(live, path);
  if (!targetItems || !liveItems) return target;
  const lastItems = keyedItems(last, path) ?? new Map<string, JsonObject>();
  const merged = [...targetItems].map(([key, item]) =>
    mergeObjects(liveItems.get(key) ?? {}, lastItems.get(key) ?? {}, item, path),
  );
  // Items that somebody else added, such as a sidecar of a webhook.
  const others = [...liveItems]
    .filter(([key]) => !targetItems.has(key) && !lastItems.has(key))
    .map(([, item]) => item);
  return [...merged, ...others];
}

/** A null in a manifest says "not set". */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
