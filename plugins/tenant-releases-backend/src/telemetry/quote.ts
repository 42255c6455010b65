/**
 * A text as a string literal of PromQL and LogQL, which both take Go's double-quoted form:
 * https://go.dev/ref/spec#String_literals
 */
export function quote(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, character => `\\${character}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    // Go refuses half surrogate pairs; they stand for nothing.
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  return `"${escaped}"`;
}

/** A label matcher: `namespace="tenant-a"`. */
export function matcher(label: string, value: string): string {
  return `${label}=${quote(value)}`;
}
