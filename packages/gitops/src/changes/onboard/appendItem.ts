import { isDeepStrictEqual } from 'node:util';
import { isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, stringify } from 'yaml';
import type { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { formatKeyPath } from '../../locate/keyPath';
import { nameOfPart, type KeyPath } from '../../traced/traced';
import { ChangeRefusal } from '../ChangeRefusal';
import { yamlDocuments, yamlValues } from './scalars';

/** What is added to a list or block. */
export interface NewItem {
  /** Absent in a list. */
  key?: string;
  value: unknown;
}

/**
 * Adds an item at the end of a list or block of a YAML or JSON file, as the items there are written, and changes nothing else.
 *
 * @param at - empty: the root
 * @throws ChangeRefusal
 */
export function addItem(file: string, text: string, at: KeyPath, item: NewItem): string {
  const name = at.length === 0 ? 'the file' : formatKeyPath(at);
  const document = yamlDocuments(text)?.[0];
  if (!document) throw new ChangeRefusal(`${file}: is no YAML: correct it`);
  let node: unknown = document.contents;
  for (const part of at) {
    const step = nameOfPart(part);
    if (isAlias(node)) throw new ChangeRefusal(`${file}: ${name} is an alias: write it out`);
    if (isMap(node)) node = node.get(step, true);
    else if (isSeq(node)) {
      node =
        typeof step === 'number'
          ? node.items[step]
          : node.items.find(one => isMap(one) && one.get('name') === step);
    } else node = undefined;
  }
  const { key, value } = item;
  const isRight = key === undefined ? isSeq(node) : isMap(node);
  if (!isRight || !isCollection(node)) {
    const wanted = key === undefined ? 'list, for example []' : 'block of keys, for example {}';
    throw new ChangeRefusal(`${file}: ${name} is no ${wanted}: write one there`);
  }
  const entry = key === undefined ? [value] : { [key]: value };
  const flow = file.endsWith('.json')
    ? JSON.stringify(entry)
    : stringify(entry, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const source = node.flow ? flow.slice(1, -1).trim() : stringify(entry, { lineWidth: 0 });
  return append(file, text, node, source).text;
}

/** A text with something new in it. */
export interface Added {
  text: string;
  /** Offsets of what is new. */
  start: number;
  end: number;
}

/** Repeats an item at the end of its list or block, word for word. @throws ChangeRefusal */
export function repeatItem(
  file: string,
  text: string,
  collection: YAMLMap | YAMLSeq,
  item: unknown,
): Added {
  const first = isPair(item) ? item.key : item;
  const begin = (isNode(first) && first.range?.[0]) || 0;
  if (collection.flow) {
    return append(file, text, collection, text.slice(begin, lastOffset(item)), true);
  }
  const line = text.lastIndexOf('\n', begin - 1) + 1;
  const start = line + columnOf(text, collection.range?.[0] ?? 0);
  if (!(isSeq(collection) ? /^- +$/ : /^$/).test(text.slice(start, begin))) {
    throw new ChangeRefusal(
      `${file}: an item cannot be repeated: write it on lines of its own, without an anchor (&)`,
    );
  }
  return append(file, text, collection, text.slice(start, lastOffset(item)), true);
}

/** @param isRepeated - whether the source is an item's own: its lines but the first stand where they have to */
function append(
  file: string,
  text: string,
  collection: YAMLMap | YAMLSeq,
  source: string,
  isRepeated = false,
): Added {
  const { items, flow } = collection;
  const from = collection.range?.[0] ?? 0;
  let start: number;
  let added: string;
  if (flow || items.length === 0) {
    start = items.length === 0 ? from + 1 : lastOffset(items.at(-1));
    added = items.length === 0 ? source : `,${gapBefore(text, items.at(-1))}${source}`;
  } else {
    start = endOfLine(text, lastOffset(items.at(-1)));
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    const indent = ' '.repeat(columnOf(text, from));
    const lines = source.replace(/\r?\n$/, '').split(/\r?\n/);
    const block = lines
      .map((line, index) => (line === '' || (isRepeated && index > 0) ? line : `${indent}${line}`))
      .join(end);
    added = `${start === 0 || text[start - 1] === '\n' ? '' : end}${block}${end}`;
  }
  const after = `${text.slice(0, start)}${added}${text.slice(start)}`;
  // A key that is repeated is the same key to a reader, until its mark is filled.
  requireOnlyAdded(file, text, after, isRepeated && isMap(collection) ? 0 : 1);
  return { text: after, start, end: start + added.length };
}

/** Holds what is read before against what is read after: so many more items, and nothing else is different. */
function requireOnlyAdded(file: string, text: string, after: string, wanted: number): void {
  const differences = differ(yamlValues(text), yamlValues(after));
  if (differences !== wanted) {
    throw new ChangeRefusal(
      `${file}: nothing can be added at the end of the list or block that others are in: write each on lines of its own`,
    );
  }
}

/** How many items or keys the second has more; NaN when anything else is different. */
function differ(before: unknown, after: unknown): number {
  if (isDeepStrictEqual(before, after)) return 0;
  if (Array.isArray(before) && Array.isArray(after)) {
    const inner = before.reduce<number>((sum, one, index) => sum + differ(one, after[index]), 0);
    return inner + (after.length - before.length);
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = Object.keys(before);
    const inner = keys.reduce((sum, key) => sum + differ(before[key], after[key]), 0);
    return inner + (Object.keys(after).length - keys.length);
  }
  return NaN;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** What stands before an item that begins a line is repeated before the next. */
function gapBefore(text: string, item: unknown): string {
  const node = isPair(item) ? item.key : item;
  const start = (isNode(node) && node.range?.[0]) || 0;
  return /\r?\n[ \t]*$/.exec(text.slice(0, start))?.[0] ?? ' ';
}

/** Where the last character of an item ends; comments behind it are none of it. */
function lastOffset(item: unknown): number {
  const node = isPair(item) ? lastOf(item) : item;
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    return lastOffset(node.items.at(-1));
  }
  return (isNode(node) && node.range?.[1]) || 0;
}

function lastOf({ key, value }: Pair): unknown {
  const isEmpty = !isNode(value) || (isScalar(value) && value.range?.[0] === value.range?.[1]);
  return isEmpty ? key : value;
}
