import { isCollection, isMap, isNode, isScalar, isSeq, type Document, type Pair } from 'yaml';
import { EditError } from '../locate/EditError';
import { documentOf, endOfLines, lineEnd, says, valuesOf } from './lines';
import { quoted } from './quoted';

/** An entry of a list: texts, or lists of texts. */
export type ListEntry = Readonly<Record<string, string | true | readonly string[]>>;

const unsafe = (key: string, why: string) => new EditError(`${key} ${why}: write it line by line`);

/**
 * Adds an entry behind the others of a list at the root of a YAML text, and changes nothing else of it. A list that is missing, has
 * no value or is empty gets its first entry.
 *
 * @throws EditError when the list is not written in a way that takes an entry
 */
export function addEntry(text: string, key: string, entry: ListEntry): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const values = valuesOf(text) ?? (text.trim() === '' ? {} : emptyOf(text));
  if (!values) throw unsafe(key, 'stands in a text that is no block of keys');
  const lines = (indent: string) => blockEntry(entry, indent).map(line => `${line}${end}`);
  const root = documentOf(text)?.contents;
  if (root !== undefined && root !== null && (!isMap(root) || root.flow)) {
    throw unsafe(key, 'stands in a block in braces');
  }
  const pair = isMap(root) ? pairOf(root.items, key) : undefined;
  const changed = pair
    ? intoList(text, pair, entry, { key, lines })
    : insert(text, text.length, [`${key}:${end}`, ...lines('  ')].join(''), end);
  const list = Array.isArray(values[key]) ? (values[key] as unknown[]) : [];
  return proved(changed, { ...values, [key]: [...list, entry] }, key);
}

/**
 * Removes an item of a list, with its lines, and nothing else. A list without items is written `[]`.
 *
 * @param path - keys and indexes that lead to the list
 * @throws EditError as {@link addEntry}
 */
export function removeItem(
  text: string,
  path: ReadonlyArray<string | number>,
  index: number,
): string {
  const name = path.join('.');
  const document = documentOf(text);
  const list: unknown = document?.getIn(path, true);
  const values = valuesOf(text);
  if (!isSeq(list) || !values) throw unsafe(name, 'is no list that stands there');
  const node: unknown = list.items[index];
  if (!isNode(node) || !node.range) throw unsafe(name, `has no item ${index}`);
  const [start, valueEnd] = node.range;
  const isLast = list.items.length === 1;
  let changed: string;
  if (isLast) {
    changed = emptied(text, document!, path);
  } else if (list.flow) {
    const [from, to] = flowSpan(list.items, index, start, valueEnd);
    changed = `${text.slice(0, from)}${text.slice(to)}`;
  } else {
    const dash = /(?:^|\n)([ \t]*-[ \t]*(?:#[^\n]*)?\s*(?:[&!][^\s]+\s+)?)$/.exec(
      text.slice(0, start),
    );
    if (!dash) throw unsafe(name, 'has an item that cannot be taken out');
    const from = start - dash[1].length;
    changed = `${text.slice(0, from)}${text.slice(lineEnd(text, node.range[1]))}`;
  }
  return proved(changed, without(values, path, index), name);
}

/** A text of comments alone, or of `{}`. */
function emptyOf(text: string): Record<string, unknown> | undefined {
  return documentOf(text) === undefined ? {} : undefined;
}

function pairOf(pairs: readonly Pair[], key: string): Pair | undefined {
  return pairs.find(pair => isScalar(pair.key) && pair.key.value === key);
}

interface Writing {
  key: string;
  lines(indent: string): string[];
}

function intoList(text: string, pair: Pair, entry: ListEntry, { key, lines }: Writing): string {
  const { value } = pair;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (isSeq(value) && value.items.length > 0) {
    const last = value.items[value.items.length - 1];
    if (!isNode(last) || !last.range) throw unsafe(key, 'has an odd last entry');
    if (value.flow) {
      const at = last.range[1];
      return `${text.slice(0, at)}, ${flowEntry(entry)}${text.slice(at)}`;
    }
    const first = value.items[0];
    const column = isNode(first) && first.range ? dashColumn(text, first.range[0]) : undefined;
    if (column === undefined) throw unsafe(key, 'has an odd first entry');
    return insert(text, lineEnd(text, last.range[1]), lines(column).join(''), end);
  }
  const isEmpty = (isSeq(value) && value.flow) || (isScalar(value) && value.value === null);
  if (!isEmpty || !isNode(pair.key) || !pair.key.range || (isNode(value) && value.anchor)) {
    throw unsafe(key, 'is no list');
  }
  // What stands for nothing goes, a comment behind it stays.
  const colon = text.indexOf(':', pair.key.range[1]) + 1;
  const valueEnd = (isNode(value) && value.range?.[1]) || colon;
  const rest = text.slice(Math.max(colon, valueEnd));
  const head = text.slice(0, colon);
  const joined = `${head}${rest}`;
  const next = joined.indexOf('\n', colon);
  return insert(joined, next < 0 ? joined.length : next + 1, lines('  ').join(''), end);
}

/** Puts lines at the beginning of one, or behind a last line that has no end. */
function insert(text: string, at: number, lines: string, end: string): string {
  const before = text.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : end;
  return `${before}${gap}${lines}${text.slice(at)}`;
}

/** The blanks before the dash of an item. */
function dashColumn(text: string, start: number): string | undefined {
  const found = /(?:^|\n)([ \t]*)-[ \t]*(?:#[^\n]*)?\s*(?:[&!][^\s]+\s+)?$/.exec(
    text.slice(0, start),
  );
  return found?.[1];
}

function flowSpan(items: readonly unknown[], index: number, start: number, end: number) {
  const rangeOf = (at: number) => {
    const item = items[at];
    const found = isNode(item) ? item.range : undefined;
    if (!found) throw new EditError('a list holds an item without a place: write it line by line');
    return found;
  };
  // With the comma behind it, or of the last one with that before.
  return index + 1 < items.length ? [start, rangeOf(index + 1)[0]] : [rangeOf(index - 1)[1], end];
}

/** The text with `[]` in place of a list of one item. */
function emptied(text: string, document: Document, path: ReadonlyArray<string | number>): string {
  const key = path[path.length - 1];
  const parent: unknown =
    path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) && typeof key === 'string' ? pairOf(parent.items, key) : undefined;
  const list = pair?.value;
  if (!pair || !isNode(pair.key) || !pair.key.range || !isCollection(list) || !list.range) {
    throw unsafe(String(key), 'is no list that can be emptied');
  }
  const colon = text.indexOf(':', pair.key.range[1]) + 1;
  if (list.flow) return `${text.slice(0, list.range[0])}[]${text.slice(list.range[1])}`;
  const line = text.indexOf('\n', colon);
  // A comment behind the key stays.
  const behind = line < 0 ? '' : text.slice(colon, line + 1);
  return `${text.slice(0, colon)} []${behind}${text.slice(endOfLines(text, pair))}`;
}

function blockEntry(entry: ListEntry, indent: string): string[] {
  const lines = Object.entries(entry).flatMap(([key, value]) =>
    Array.isArray(value)
      ? [`${key}:`, ...value.map(item => `  - ${quoted(item)}`)]
      : [`${key}: ${scalar(value as string | true)}`],
  );
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

function flowEntry(entry: ListEntry): string {
  const parts = Object.entries(entry).map(([key, value]) =>
    Array.isArray(value)
      ? `${key}: [${value.map(item => quoted(item)).join(', ')}]`
      : `${key}: ${scalar(value as string | true)}`,
  );
  return `{ ${parts.join(', ')} }`;
}

function scalar(value: string | true): string {
  return value === true ? 'true' : quoted(value);
}

function without(
  value: unknown,
  [key, ...rest]: ReadonlyArray<string | number>,
  index: number,
): unknown {
  if (key === undefined) return (value as unknown[]).filter((_, at) => at !== index);
  if (Array.isArray(value)) {
    return value.map((item, at) => (at === key ? without(item, rest, index) : item));
  }
  const block = value as Record<string, unknown>;
  return { ...block, [key]: without(block[key], rest, index) };
}

/** Makes sure that the text says the same as before but for the entry. */
function proved(text: string, values: unknown, key: string): string {
  if (!says(text, values)) throw unsafe(key, 'cannot be changed without changing something else');
  return text;
}
