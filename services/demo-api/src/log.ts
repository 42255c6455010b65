/** The levels of log lines, the least important first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Whether the text is a level. */
export function isLogLevel(value: string): value is LogLevel {
  return (logLevels as readonly string[]).includes(value);
}

/** What a line says besides its time, level and message. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/** Writes one log line. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/**
 * A log that writes each event as one JSON object on one line: `time` (RFC 3339), `level`,
 * `message`, the constant fields, the event's own fields.
 */
export function createLog(options: {
  level: LogLevel;
  constant: LogFields;
  write: (line: string) => void;
  now?: () => Date;
}): Log {
  const least = logLevels.indexOf(options.level);
  const now = options.now ?? (() => new Date());
  return (level, message, fields) => {
    if (logLevels.indexOf(level) < least) return;
    const event = { time: now().toISOString(), level, message, ...options.constant, ...fields };
    options.write(`${JSON.stringify(event)}\n`);
  };
}
