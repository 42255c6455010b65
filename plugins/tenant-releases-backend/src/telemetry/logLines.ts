import type { LogLine } from '@internal/plugin-tenant-releases-common';
import { levelOfLine } from './levelOfLine';
import { parseLine, type LogFields } from './logFields';
import { messageOf } from './logMessage';
import type { LokiLine } from './LokiClient';

/** Labels that are shown, each with what else it is called. */
const shownLabels: Record<string, readonly string[]> = {
  pod: ['pod', 'k8s_pod_name'],
  container: ['container', 'k8s_container_name'],
  version: ['version'],
  namespace: ['namespace', 'k8s_namespace_name'],
  app: ['app'],
  cluster: ['cluster'],
};
/** JSON fields of a line that are worth showing beside its message. */
const shownFields = ['requestId', 'method', 'route', 'status', 'durationMs', 'version'];
const maxMessageLength = 4_000;
const maxLabelLength = 200;

/**
 * A line as the portal answers it: level and message out of its fields, else the line itself.
 *
 * @param versionLabel - the label that holds the version
 */
export function toLogLine({ time, text, labels }: LokiLine, versionLabel = 'version'): LogLine {
  const parsed = parseLine(text);
  const fields = parsed.format === 'json' ? parsed.fields : undefined;
  const names = { ...shownLabels, version: [versionLabel] };
  return {
    time: toRfc3339(time),
    level: levelOfLine(parsed, labels) ?? 'unknown',
    // A line in logfmt reads well as it is, and holds more than its message.
    message:
      (fields && messageOf(fields, maxMessageLength)) ?? parsed.text.slice(0, maxMessageLength),
    labels: {
      ...pick(names, name => (Object.hasOwn(labels, name) ? labels[name] : undefined)),
      ...(fields ? pickFields(fields) : {}),
    },
  };
}

/** RFC 3339 with nanoseconds, which a `Date` would lose. */
export function toRfc3339(nanoseconds: string): string {
  const padded = nanoseconds.padStart(10, '0');
  const seconds = Number(padded.slice(0, -9));
  return new Date(seconds * 1000).toISOString().replace('.000Z', `.${padded.slice(-9)}Z`);
}

function pickFields(fields: LogFields): Record<string, string> {
  const names = Object.fromEntries(shownFields.map(name => [name, [name]]));
  return pick(names, name => fields.get(name));
}

/** The first text or number of each list of names. */
function pick(
  wanted: Record<string, readonly string[]>,
  valueOf: (name: string) => unknown,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([shown, names]) => {
      const value = names
        .map(valueOf)
        .find(found => typeof found === 'string' || typeof found === 'number');
      return value === undefined ? [] : [[shown, String(value).slice(0, maxLabelLength)]];
    }),
  );
}
