import type { z } from 'zod';

/** What could be read of a value, and what could not. */
export interface LenientResult<T> {
  /** Undefined when nothing of use is left. */
  data?: T;
  /** Fields that were left out because they have another type than expected, such as `status.health.status`. */
  unreadable: string[];
}

/** Each round drops what is wrong, or what holds it; values are not nested deeper. */
const maxRounds = 16;
/** Telling more fields of one object helps nobody. */
const maxTold = 20;

/**
 * Parses an object of an upstream without its fields that are of no expected shape, so that one odd field costs that field
 * and not the object: an object that disappears would be told as one that is not there.
 */
export function parseLeniently<T>(schema: z.ZodType<T>, value: unknown): LenientResult<T> {
  const told = new Set<string>();
  let current = value;
  for (let round = 0; round < maxRounds; round += 1) {
    const parsed = schema.safeParse(current);
    if (parsed.success) return { data: parsed.data, unreadable: [...told] };
    const paths = pathsOfPresent(parsed.error.issues, current);
    if (paths.some(path => path.length === 0)) break;
    if (round === 0) current = structuredClone(current);
    for (const path of paths) {
      if (told.size < maxTold) told.add(path.map(String).join('.'));
    }
    drop(current, paths);
  }
  return { unreadable: told.size > 0 ? [...told] : ['the whole object'] };
}

/** What is wrong though it is absent is needed by what holds it. */
function pathsOfPresent(issues: ReadonlyArray<{ path: PropertyKey[] }>, value: unknown) {
  return issues.map(({ path }) => {
    let kept = path;
    while (kept.length > 0 && valueAt(value, kept) === undefined) kept = kept.slice(0, -1);
    return kept;
  });
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

function drop(value: unknown, paths: PropertyKey[][]): void {
  const lists = new Set<unknown[]>();
  for (const path of paths) {
    const holder = valueAt(value, path.slice(0, -1));
    const key = path[path.length - 1];
    if (Array.isArray(holder)) {
      delete holder[Number(key)];
      lists.add(holder);
    } else if (typeof holder === 'object' && holder !== null) {
      delete (holder as Record<PropertyKey, unknown>)[key];
    }
  }
  // Places keep their numbers until all of them have been emptied.
  for (const list of lists) {
    const left = list.filter(() => true);
    list.splice(0, list.length, ...left);
  }
}
