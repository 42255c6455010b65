import { isDeepStrictEqual } from 'node:util';
import { readYaml } from '../yaml/readYaml';
import { isNode, isScalar, parseAllDocuments, type Document, type Pair } from 'yaml';

/** Where the line after a pair begins: comments behind its value are its own. An offset in the text. */
export function endOfLines(text: string, { key, value }: Pair): number {
  const node = isNode(value) && value.range ? value : key;
  return lineEnd(text, (isNode(node) && node.range?.[1]) || 0);
}

/** Where the line after a value begins. @param end - of the value */
export function lineEnd(text: string, end: number): number {
  if (text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

/** The values of a tenant file, as it is read everywhere; `undefined` when it cannot be read. */
export function valuesOf(text: string): Record<string, unknown> | undefined {
  const value = readYaml(text, { single: true }).documents[0]?.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}

/** The document with content of a text that {@link valuesOf} can read, for where things stand in it. */
export function documentOf(text: string): Document | undefined {
  return [...parseAllDocuments(text, { logLevel: 'silent' })].find(
    ({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null),
  );
}

/** Whether a text is YAML that says just this. */
export function says(text: string, values: unknown): boolean {
  return isDeepStrictEqual(valuesOf(text), values);
}
