import type { LogLevel } from '@internal/plugin-tenant-releases-common';

/** A level that lines can be filtered by. */
export type KnownLevel = Exclude<LogLevel, 'unknown'>;

/** Names of levels, as Logback, pino, zap, log15, Serilog, Python, .NET, Google Cloud, MySQL, syslog and OpenTelemetry write them. */
const names: Record<KnownLevel, readonly string[]> = {
  debug: 'debug dbg dbug trace trc trce verbose vrb fine finer finest silly'.split(' '),
  info: 'info inf information informational notice note success http'.split(' '),
  warn: 'warn wrn warning'.split(' '),
  error:
    'error err eror fatal ftl critical crit panic dpanic alert emergency emerg severe fail'.split(
      ' ',
    ),
};

/** The level of each name, in small letters. */
export const levelOfName: ReadonlyMap<string, KnownLevel> = new Map<string, KnownLevel>(
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
  // Go writes ERROR+2, OpenTelemetry Error2; winston may colour the name.
  const plain = partsByColour(value).join('').trim().toLowerCase();
  const [, name] = /^([a-z]+)(?:[+-]?\d{1,3})?$/.exec(plain) ?? [];
  return name === undefined ? undefined : levelOfName.get(name);
}

/** @param isOtelNumber - whether it counts from 1 to 24 */
export function levelOfNumber(value: number, isOtelNumber: boolean): KnownLevel | undefined {
  if (!Number.isInteger(value) || value < 0) return undefined;
  const numbers = isOtelNumber ? otelNumbers : plainNumbers;
  return numbers.find(([below]) => value < below)?.[1];
}

/** A text between the codes of colours, which are left out: the first part stands before them all. */
export function partsByColour(text: string): string[] {
  const [plain, ...coloured] = text.split('\u001b');
  return [plain, ...coloured.map(part => part.replace(/^\[[0-9;]*m/, ''))];
}
