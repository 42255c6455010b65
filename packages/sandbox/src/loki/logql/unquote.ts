import { parseError } from './logqlError';

const simpleEscapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const escapeSequence =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g;

/**
 * The value of a string literal, which LogQL has from Go: "..." with escapes, or `...` as it is.
 *
 * @throws LogqlError for an escape that Go does not know
 * @see https://go.dev/ref/spec#String_literals
 */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner.replace(/\r/g, '');
  return inner.replace(escapeSequence, (all, hex, short, long, octal, simple) => {
    if (simple !== undefined) {
      const value = simpleEscapes[simple];
      if (value === undefined) throw parseError(`invalid escape sequence ${all} in a string`);
      return value;
    }
    const code = octal === undefined ? parseInt(hex ?? short ?? long, 16) : parseInt(octal, 8);
    if (code > 0x10ffff) throw parseError(`invalid escape sequence ${all} in a string`);
    return String.fromCodePoint(code);
  });
}
