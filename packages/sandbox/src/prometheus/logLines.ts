import { unquote } from '../loki/logql/unquote';

const fieldPattern = /(\w+)=("(?:[^"\\]|\\.)*"|[^\s"]*)/g;

/** The fields of one line of Prometheus' log, which is logfmt. */
function fieldsOf(line: string): Map<string, string> {
  const fields = [...line.matchAll(fieldPattern)].map(([, key, value]): [string, string] => [
    key,
    value.startsWith('"') ? unquote(value) : value,
  ]);
  return new Map(fields);
}

/** A line of Prometheus' log as a person reads it; undefined when nobody needs to. */
export function readableLogLine(line: string): string | undefined {
  const fields = fieldsOf(line);
  const level = fields.get('level')?.toLowerCase();
  if (level === undefined) return line.trim() || undefined;
  if (level !== 'warn' && level !== 'error') return undefined;
  const details = fields.get('err') ?? fields.get('error');
  return `${level}: ${fields.get('msg') ?? line}${details ? `: ${details}` : ''}`;
}

/** Lets the same line pass once in a while: a dead target would otherwise fill the log. */
export function onceIn(milliseconds: number, now: () => number): (line: string) => boolean {
  const lastAt = new Map<string, number>();
  return line => {
    const last = lastAt.get(line);
    if (last !== undefined && now() - last < milliseconds) return false;
    if (lastAt.size >= 100) lastAt.clear();
    lastAt.set(line, now());
    return true;
  };
}
