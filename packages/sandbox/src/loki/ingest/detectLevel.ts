import { labelValue, type Labels } from '../pipeline/labelSet';
import { logfmtPairs } from '../pipeline/logfmt';

/** Where Loki looks for a level: `log_level_fields` of its default limits. */
const levelFields = [
  'level',
  'LEVEL',
  'Level',
  'log.level',
  'severity',
  'SEVERITY',
  'Severity',
  'SeverityText',
  'lvl',
  'LVL',
  'Lvl',
  'severity_text',
  'Severity_Text',
  'SEVERITY_TEXT',
];

const levels: Record<string, string> = {
  trace: 'trace',
  trc: 'trace',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  warn: 'warn',
  wrn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  critical: 'critical',
  fatal: 'fatal',
};

/** Words that give a level away in lines that are neither JSON nor logfmt, the worst first. */
const words: [RegExp, string][] = [
  [/\bfatal\b/i, 'fatal'],
  [/\bcritical\b/i, 'critical'],
  [/\b(error|err)\b|error:/i, 'error'],
  [/\b(warn|warning|wrn)\b/i, 'warn'],
  [/\bdebug\b|\bdbg\b/i, 'debug'],
  [/\b(info|inf)\b/i, 'info'],
  [/\btrace\b/i, 'trace'],
];

function normalize(value: string): string {
  return levels[value.trim().toLowerCase()] ?? 'unknown';
}

function fromJson(line: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Begins like JSON and is none: looked at as text.
    return undefined;
  }
  const properties = Object.entries(value as object);
  for (const field of levelFields) {
    const found = properties.find(([name]) => name === field)?.[1];
    if (typeof found === 'string') return normalize(found);
  }
  return undefined;
}

function fromLogfmt(line: string): string | undefined {
  const pairs = new Map(logfmtPairs(line));
  const field = levelFields.find(each => pairs.has(each));
  return field === undefined ? undefined : normalize(pairs.get(field)!);
}

/**
 * The level that Loki would note with a line as `detected_level`: from its labels, its fields, or
 * its words; 'unknown' when nothing says.
 *
 * @see https://grafana.com/docs/loki/latest/get-started/labels/#default-labels-for-all-users
 */
export function detectLevel(line: string, stream: Labels, metadata: Labels): string {
  for (const labels of [stream, metadata]) {
    const field = levelFields.find(each => labelValue(labels, each) !== undefined);
    if (field !== undefined) return normalize(labels[field]);
  }
  const trimmed = line.trimStart();
  const structured = trimmed.startsWith('{') ? fromJson(trimmed) : fromLogfmt(line);
  return structured ?? words.find(([word]) => word.test(line))?.[1] ?? 'unknown';
}
