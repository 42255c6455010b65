/** Fields of one line, by name. */
export type LogFields = ReadonlyMap<string, unknown>;

/** What a program wrote. */
export interface ParsedLine {
  /** A text may hold a few fields, too. */
  format: 'json' | 'logfmt' | 'text';
  fields: LogFields;
  /** Without what the container runtime or the collector put round it. */
  text: string;
}

/** Longer lines are shown as text: Loki takes 256 KiB by default. */
const maxParsedLength = 262_144;
const maxLogfmtLength = 16_384;

/** https://kubernetes.io/docs/concepts/cluster-administration/logging/: time, stream, full or partial. */
const runtimePrefix = /^\d{4}-\d\d-\d\dT\S{1,30} (?:stdout|stderr) [FP] /;

/** Reads a line. Nothing in it is too strange: what is neither JSON nor logfmt is text. */
export function parseLine(line: string): ParsedLine {
  const outer = parseWritten(line.replace(runtimePrefix, ''));
  const { format, fields } = outer;
  const inner = fields.get('log');
  // Docker and Fluent Bit write what a container wrote into a field, beside the stream it came by.
  const isWrapped = format === 'json' && typeof inner === 'string' && fields.has('stream');
  return isWrapped ? parseWritten(inner.trimEnd()) : outer;
}

function parseWritten(text: string): ParsedLine {
  const json = parseJsonFields(text);
  if (json) return { format: 'json', fields: json, text };
  const head = text.slice(0, maxLogfmtLength);
  const format = /^\s*[^\s="]+=/.test(head.slice(0, 200)) ? 'logfmt' : 'text';
  return { format, fields: parseLogfmt(head), text };
}

function parseJsonFields(text: string): LogFields | undefined {
  if (text.length > maxParsedLength || !/^\s*\{/.test(text)) return undefined;
  try {
    return new Map<string, unknown>(Object.entries(JSON.parse(text) as object));
  } catch {
    // A line that only begins like JSON is shown as it is.
    return undefined;
  }
}

/** One word of a line: `key=value`, `key="quoted value"`, or anything else up to a space. Each character is read once. */
const word = /\s*([^\s="]*)(?:=(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]*)(?=\s|$)))?\S*/y;

function parseLogfmt(text: string): LogFields {
  const fields = new Map<string, unknown>();
  word.lastIndex = 0;
  while (word.lastIndex < text.length) {
    const [whole, key, quoted, plain] = word.exec(text) ?? [''];
    if (whole === '') break;
    const value = quoted ?? plain;
    if (key && value !== undefined && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}
