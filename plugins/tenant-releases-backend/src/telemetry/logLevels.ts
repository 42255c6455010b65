import type { LogLevel } from '@internal/plugin-tenant-releases-common';

/** A level that lines can be filtered by. */
export type KnownLevel = Exclude<LogLevel, 'unknown'>;

/** Names of levels, as Logback, pino, zap, Serilog, Python, .NET, Google Cloud, syslog and OpenTelemetry write them. */
const names: Record<KnownLevel, readonly string[]> = {
  debug: 'debug dbg dbug trace trc trce verbose vrb fine finer finest silly'.split(' '),
  info: 'info inf information informational notice success http'.split(' '),
  warn: 'warn wrn warning'.split(' '),
  error: 'error err fatal ftl critical crit panic dpanic alert emergency emerg severe fail'.split(
    ' ',
  ),
};

const levelOfName = new Map<string, KnownLevel>(
  Object.entries(names).flatMap(([level, known]) =>
    known.map((name): [string, KnownLevel] => [name, level as KnownLevel]),
  ),
);

/** Which numbers mean what: syslog's 0-7, else pino's and bunyan's tens. */
const plainNumbers: ReadonlyArray<[number, KnownLevel | undefined]> = [
  [4, 'error'],
  [5, 'warn'],
  [7, 'info'],
  [8, 'debug'],
  [10, undefined],
  [30, 'debug'],
  [40, 'info'],
  [50, 'warn'],
  [70, 'error'],
];

/** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
const otelNumbers: ReadonlyArray<[number, KnownLevel | undefined]> = [
  [1, undefined],
  [9, 'debug'],
  [13, 'info'],
  [17, 'warn'],
  [25, 'error'],
];

/**
 * The level that a field or a label says.
 *
 * @param isOtelNumber - whether a number counts from 1 to 24, as OpenTelemetry's `severity_number`
 */
export function levelOfValue(value: unknown, isOtelNumber = false): KnownLevel | undefined {
  if (typeof value === 'number') return levelOfNumber(value, isOtelNumber);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (/^(0|[1-9]\d?)$/.test(value)) return levelOfNumber(Number(value), isOtelNumber);
  // Go writes ERROR+2, OpenTelemetry Error2.
  const [, name] = /^([a-z]+)(?:[+-]?\d{1,3})?$/.exec(value.trim().toLowerCase()) ?? [];
  return name === undefined ? undefined : levelOfName.get(name);
}

function levelOfNumber(value: number, isOtelNumber: boolean): KnownLevel | undefined {
  if (!Number.isInteger(value) || value < 0) return undefined;
  const numbers = isOtelNumber ? otelNumbers : plainNumbers;
  return numbers.find(([below]) => value < below)?.[1];
}

/** `HTTP 500` in a text is no level. */
const words = [...levelOfName.keys()].filter(name => name !== 'http');
/** Only capitals are taken for a level: "no error found" is none. */
const headerWord = new RegExp(
  `(?:^|[\\s[(|<>"'-])(${words.join('|').toUpperCase()})(?=$|[\\s\\])|<>"':,-])`,
);
/** nginx and Apache write [error], .NET's console "fail: ". */
const quietWord = new RegExp(`\\[(${words.join('|')})\\]|^(trce|dbug|info|warn|fail|crit) ?: `);
const klogLine = /^([IWEF])\d{4} /;
const klogLevels: Record<string, KnownLevel> = { I: 'info', W: 'warn', E: 'error', F: 'error' };
const syslogLine = /^<(\d{1,3})>/;

/** Characters at the beginning of a line that are looked at for a level. */
const headerLength = 160;

/** The level that the text of a line begins with. */
export function levelOfText(text: string): KnownLevel | undefined {
  const header = withoutColours(text.slice(0, headerLength));
  const klog = klogLine.exec(header)?.[1];
  if (klog !== undefined) return klogLevels[klog];
  const priority = syslogLine.exec(header)?.[1];
  // https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1
  if (priority !== undefined) return levelOfNumber(Number(priority) % 8, false);
  const word = headerWord.exec(header)?.[1];
  if (word !== undefined) return levelOfName.get(word.toLowerCase());
  const [, bracketed, prefix] = quietWord.exec(header) ?? [];
  return levelOfName.get(bracketed ?? prefix ?? '');
}

/** Colours become spaces: letters that they part are no word. */
function withoutColours(text: string): string {
  const [plain, ...coloured] = text.split('\u001b');
  return [plain, ...coloured.map(part => part.replace(/^\[[0-9;]*m/, ''))].join(' ').trimStart();
}
