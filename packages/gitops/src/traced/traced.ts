import { notText } from '../yaml/ambiguity';
import type { LocatorKind } from '../locate/locator';

/** An item of a list, by what its `name` says. */
export interface ItemName {
  name: string;
}

/** One step of a {@link KeyPath}: a key, an index, or an item by name. */
export type KeyPathPart = string | number | ItemName;

/** Keys, indexes and names of items that lead to a value within a document. */
export type KeyPath = readonly KeyPathPart[];

/** Where a value originates. */
export interface Origin {
  file: string;
  /** From 1. */
  line: number;
  /** Position of the YAML document within its file, from 0. */
  document: number;
  path: KeyPath;
  /** Path within the YAML text that the value at `path` holds, for a block inside an Application. */
  inner?: KeyPath;
  /** Whether the file is no YAML, such as a template of a chart: the path is the key on the line. */
  isText?: true;
}

/** A scalar with its origin. */
export interface TracedScalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** As it stands in the file, without quotes. */
  source: string;
  /** Whether it stands without quotes. */
  plain: boolean;
  /** Whether it is a text over several lines, behind "|" or ">". */
  isBlock?: true;
  origin?: Origin;
  /** Of an image that is put together: where its version stands, and in which form. */
  versionAt?: { kind: LocatorKind; origin: Origin; misread?: string };
  /** Origins of the marked parts of a text that a template has made. */
  marks?: ReadonlyArray<Origin | undefined>;
  /** Of a text without a place of its own: where a part of it originates. */
  placeOf?(text: string): Origin | undefined;
}

/** A block of keys with its origin. */
export interface TracedMap {
  kind: 'map';
  entries: Map<string, Traced>;
  origin?: Origin;
}

/** A list with its origin. */
export interface TracedList {
  kind: 'list';
  items: Traced[];
  origin?: Origin;
}

/** A value of which every part knows where it stands. */
export type Traced = TracedScalar | TracedMap | TracedList;

/** A document of a file. */
export interface TracedDocument {
  file: string;
  index: number;
  value: Traced;
}

/** The value that a path leads to. A name in brackets may be one of an item of a list, or a key with dots. */
export function at(value: Traced | undefined, path: KeyPath): Traced | undefined {
  let found = value;
  for (const part of path) {
    const name = nameOfPart(part);
    if (found?.kind === 'map') found = found.entries.get(String(name));
    else if (found?.kind === 'list') {
      found =
        typeof name === 'number'
          ? found.items[name]
          : found.items.find(item => stringAt(item, ['name']) === name);
    } else return undefined;
  }
  return found;
}

/** The key, index or name of a step. */
export function nameOfPart(part: KeyPathPart): string | number {
  return typeof part === 'object' ? part.name : part;
}

/** The text of a scalar at a path, numbers as they stand in the file; undefined for anything else. */
export function stringAt(value: Traced | undefined, path: KeyPath): string | undefined {
  const found = at(value, path);
  if (found?.kind !== 'scalar' || found.value === null) return undefined;
  return typeof found.value === 'string' ? found.value : found.source;
}

/** The items of a list at a path; empty for anything else. */
export function itemsAt(value: Traced | undefined, path: KeyPath): readonly Traced[] {
  const found = at(value, path);
  return found?.kind === 'list' ? found.items : [];
}

/** The entries of a block at a path; empty for anything else. */
export function entriesAt(value: Traced | undefined, path: KeyPath): ReadonlyMap<string, Traced> {
  const found = at(value, path);
  return found?.kind === 'map' ? found.entries : new Map();
}

/** As plain objects, arrays and scalars. */
export function plain(value: Traced): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
}

/** A scalar that stands in no file: what a person or a rule says. */
export function scalarOf(value: TracedScalar['value'], origin?: Origin): TracedScalar {
  const source = value === null ? '' : String(value);
  return { kind: 'scalar', value, source, plain: false, ...(origin ? { origin } : {}) };
}

/** Whole numbers from here on are printed by Helm with an exponent. */
const exponentFrom = 1e6;

/**
 * Why a scalar does not reach the cluster as the text that stands in the file; undefined when it does. A number that every
 * reader prints as it stands is none of YAML's traps.
 */
export function misreading(scalar: TracedScalar): string | undefined {
  if (!scalar.plain) return undefined;
  const { value, source } = scalar;
  if (typeof value === 'number' && String(value) === source && Math.abs(value) < exponentFrom) {
    return undefined;
  }
  const found = notText(source, value);
  return found && `${found.problem}: ${found.cure}`;
}
