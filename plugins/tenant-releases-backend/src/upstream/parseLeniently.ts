import type { z } from 'zod';

/** What could be read of a value, and what could not. */
export interface LenientResult<T> {
  /** Undefined when nothing of use is left. */
  data?: T;
  /** Fields that were left out because they have another type than expected, such as `status.health.status`. */
  unreadable: string[];
}

/** Named where no single field is to blame. */
export const wholeObject = 'the whole object';
/** Each round drops what is wrong, or what holds it; values are not nested deeper. */
const maxRounds = 16;
/** Telling more fields of one object helps nobody. */
const maxTold = 20;

type Holder = Record<PropertyKey, unknown>;

/**
 * A value that is changed without changing what was given. Only what holds a dropped field is copied: a copy of all of it
 * would have no end of depth to go through, and every level costs stack.
 */
class Draft {
  #value: unknown;
  readonly #copies = new Set<unknown>();

  constructor(value: unknown) {
    this.#value = value;
  }

  get value(): unknown {
    return this.#value;
  }

  drop(paths: PropertyKey[][]): void {
    const lists = new Set<unknown[]>();
    for (const path of paths) {
      const holder = this.#own(path.slice(0, -1));
      if (holder) delete holder[path[path.length - 1]];
      if (Array.isArray(holder)) lists.add(holder);
    }
    // Places keep their numbers until all of them have been emptied.
    for (const list of lists) {
      const left = list.filter(() => true);
      left.forEach((item, at) => (list[at] = item));
      list.length = left.length;
    }
  }

  /** What stands at a path, as a copy that may be changed; undefined when it has been dropped already. */
  #own(path: PropertyKey[]): Holder | undefined {
    this.#value = this.#copyOf(this.#value);
    let at = this.#value as Holder;
    for (const key of path) {
      if (typeof at[key] !== 'object' || at[key] === null) return undefined;
      at[key] = this.#copyOf(at[key]);
      at = at[key] as Holder;
    }
    return at;
  }

  #copyOf(value: unknown): unknown {
    if (this.#copies.has(value)) return value;
    const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
    this.#copies.add(copy);
    return copy;
  }
}

/**
 * Parses an object of an upstream without its fields that are of no expected shape, so that one odd field costs that field
 * and not the object: an object that disappears would be told as one that is not there.
 */
export function parseLeniently<T>(schema: z.ZodType<T>, value: unknown): LenientResult<T> {
  const told = new Set<string>();
  const draft = new Draft(value);
  for (let round = 0; round < maxRounds; round += 1) {
    const parsed = schema.safeParse(draft.value);
    if (parsed.success) return { data: parsed.data, unreadable: [...told] };
    const paths = pathsOfPresent(parsed.error.issues, draft.value);
    if (paths.some(path => path.length === 0)) break;
    for (const path of paths) {
      if (told.size < maxTold) told.add(path.map(String).join('.'));
    }
    draft.drop(paths);
  }
  return { unreadable: told.size > 0 ? [...told] : [wholeObject] };
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
