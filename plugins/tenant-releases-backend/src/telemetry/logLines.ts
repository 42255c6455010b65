import { logLevels, type LogLevel, type LogLine } from '@internal/plugin-tenant-releases-common';
import type { LokiLine } from './LokiClient';

const names = {
  debug: ['debug', 'trace'],
  info: ['info', 'notice'],
  warn: ['warn', 'warning'],
  error: ['error', 'err', 'critical', 'fatal', 'panic'],
} as const;

const levels = new Map<string, LogLevel>(
  logLevels.flatMap(level => names[level].map(name => [name, level] as const)),
);

/** Names that a level goes by in logs. */
export function namesOfLevel(level: Exclude<LogLevel, 'unknown'>): readonly string[] {
  return names[level];
}

const shownLabels = ['pod', 'container', 'version', 'namespace', 'app', 'cluster'];
/** JSON fields of a line that are worth showing beside its message. */
const shownFields = ['requestId', 'method', 'route', 'status', 'durationMs', 'version'];
const maxMessageLength = 4_000;
const maxLabelLength = 200;

/** A line as the portal answers it: level and message out of a JSON line, else the line itself. */
export function toLogLine({ time, text, labels }: LokiLine): LogLine {
  const fields = parseFields(text);
  const level = String(fields?.level ?? labels.detected_level ?? labels.level ?? '').toLowerCase();
  const message = fields?.message ?? fields?.msg;
  return {
    time: toRfc3339(time),
    level: levels.get(level) ?? 'unknown',
    message: (typeof message === 'string' ? message : text).slice(0, maxMessageLength),
    labels: {
      ...pick(labels, shownLabels),
      ...(fields ? pick(fields, shownFields) : {}),
    },
  };
}

/** RFC 3339 with nanoseconds, which a `Date` would lose. */
export function toRfc3339(nanoseconds: string): string {
  const padded = nanoseconds.padStart(10, '0');
  const seconds = Number(padded.slice(0, -9));
  return new Date(seconds * 1000).toISOString().replace('.000Z', `.${padded.slice(-9)}Z`);
}

function parseFields(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // A line that only begins like JSON is shown as it is.
    return undefined;
  }
}

function pick(source: Record<string, unknown>, wanted: string[]): Record<string, string> {
  return Object.fromEntries(
    wanted.flatMap(name => {
      const value = Object.hasOwn(source, name) ? source[name] : undefined;
      return typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value).slice(0, maxLabelLength)]]
        : [];
    }),
  );
}
