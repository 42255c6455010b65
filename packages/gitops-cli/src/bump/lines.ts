import { isDeepStrictEqual } from 'node:util';
import { isNode, parseDocument, type Pair } from 'yaml';

/** Where the line after a pair begins: comments behind its value are its own. An offset in the text. */
export function endOfLines(text: string, { key, value }: Pair): number {
  const node = isNode(value) && value.range ? value : key;
  const end = (isNode(node) && node.range?.[1]) || 0;
  if (text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

/** Whether a text is YAML that says just this. */
export function says(text: string, values: unknown): boolean {
  const document = parseDocument(text);
  if (document.errors.length > 0) return false;
  try {
    return isDeepStrictEqual(document.toJS({ maxAliasCount: 10 }), values);
  } catch (error) {
    // An alias whose anchor is gone, or one that explodes.
    if (error instanceof ReferenceError) return false;
    throw error;
  }
}
