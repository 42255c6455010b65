import type { TelemetryLabels } from '../config/telemetryServer';
import { levelHint } from './levelHint';
import type { KnownLevel } from './logLevels';
import { matcher, quote } from './quote';

/** Which lines of a release. */
export interface LogFilter {
  tenant: string;
  service: string;
  level?: KnownLevel;
  /** Plain text that a line contains. */
  q?: string;
  version?: string;
}

/**
 * The LogQL of a filter. Of a level it finds all lines, and some others: see {@link levelHint}.
 *
 * @see https://grafana.com/docs/loki/latest/query/log_queries/
 */
export function logQuery(
  { tenant, service, level, q, version }: LogFilter,
  labels: TelemetryLabels = {},
): string {
  const selector = [
    matcher(labels.namespace ?? 'namespace', tenant),
    matcher(labels.service ?? 'app', service),
    ...(version && !labels.version ? [matcher('version', version)] : []),
  ].join(',');
  return [
    `{${selector}}`,
    ...(q ? [`|= ${quote(q)}`] : []),
    // A label that is configured may be one of the line's alone, which no selector finds.
    ...(version && labels.version ? [`| ${matcher(labels.version, version)}`] : []),
    ...(level ? [levelHint(level)] : []),
  ].join(' ');
}
