import type { LogFields, ParsedLine } from './logFields';
import { levelOfText } from './levelOfText';
import { levelOfValue, type KnownLevel } from './logLevels';

/** Fields that hold a level, whatever their case; the first that says one counts. */
const levelFields = [
  'level',
  '@level',
  '@l',
  'lvl',
  'log.level',
  'log_level',
  'loglevel',
  'levelname',
  'level_name',
  'severity',
  'severitytext',
  'severity_text',
  'severitynumber',
  'severity_number',
];

/** Labels that hold a level: of the stream, or what Loki keeps with a line. */
export const levelLabels = [
  'level',
  'severity_text',
  'severity',
  'lvl',
  'log_level',
  'loglevel',
  'severity_number',
];
/** What Loki has found out by itself: the last that is believed. */
export const detectedLabel = 'detected_level';

const isOtelNumber = (name: string) => name === 'severitynumber' || name === 'severity_number';

/** Keys by which a line of Serilog's compact form is known: https://clef-json.org */
const compactKeys = ['@t', '@mt', '@m'];

/** The level of a line: what its fields say, else its labels, else how its text begins, else what Loki made of it. */
export function levelOfLine(
  parsed: ParsedLine,
  labels: Record<string, string>,
): KnownLevel | undefined {
  const { format, text } = parsed;
  const isText = format === 'text';
  return (
    (isText ? undefined : levelOfFields(parsed)) ??
    first(levelLabels, name => levelOfValue(own(labels, name), isOtelNumber(name))) ??
    (format === 'json' ? undefined : levelOfText(text)) ??
    (isText ? levelOfFields(parsed) : undefined) ??
    levelOfValue(own(labels, detectedLabel))
  );
}

function levelOfFields({ format, fields }: ParsedLine): KnownLevel | undefined {
  const byName = new Map<string, unknown>();
  for (const [name, value] of fields) {
    const known = name.toLowerCase();
    if (known.length <= 15 && !byName.has(known)) byName.set(known, value);
  }
  const found = first(levelFields, name => levelOfValue(byName.get(name), isOtelNumber(name)));
  if (found) return found;
  if (format !== 'json') return undefined;
  const inner = within(byName.get('log'), 'level');
  if (inner !== undefined) return levelOfValue(inner);
  const special = levelOfSpecialFields(fields);
  if (special) return special;
  // Serilog leaves the level out where it is Information.
  const isCompact = compactKeys.some(key => fields.has(key));
  return isCompact && !fields.has('@l') ? 'info' : undefined;
}

/** Fields that hold a level in one program's JSON, and anything in others'. */
function levelOfSpecialFields(fields: LogFields): KnownLevel | undefined {
  const priority = fields.get('PRIORITY');
  return (
    // Loguru: https://loguru.readthedocs.io/en/stable/api/logger.html#record
    levelOfWord(within(within(fields.get('record'), 'level'), 'name')) ??
    // zap with short keys.
    levelOfWord(fields.get('L')) ??
    // https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html#PRIORITY=
    (/^[0-7]$/.test(String(priority)) ? levelOfValue(priority) : undefined)
  );
}

/** A number says no level there. */
function levelOfWord(value: unknown): KnownLevel | undefined {
  return /[a-z]/i.test(String(value)) ? levelOfValue(value) : undefined;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A field of what may be an object. */
function within(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? own(source, name) : undefined;
}

function own(source: object, name: string): unknown {
  return Object.hasOwn(source, name) ? (source as Record<string, unknown>)[name] : undefined;
}
