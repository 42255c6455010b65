import type { LogLevel } from '@internal/plugin-tenant-releases-common';
import { namesOfLevel } from './logLines';
import { matcher, quote } from './quote';

/** Which lines of a release. */
export interface LogFilter {
  tenant: string;
  service: string;
  level?: Exclude<LogLevel, 'unknown'>;
  /** Plain text that a line contains. */
  q?: string;
  version?: string;
}

/** The LogQL of a filter: https://grafana.com/docs/loki/latest/query/log_queries/ */
export function logQuery({ tenant, service, level, q, version }: LogFilter): string {
  const selector = [
    matcher('namespace', tenant),
    matcher('app', service),
    ...(version ? [matcher('version', version)] : []),
  ].join(',');
  return [
    `{${selector}}`,
    ...(q ? [`|= ${quote(q)}`] : []),
    ...(level ? [`| json | level=~${quote(namesOfLevel(level).join('|'))}`] : []),
  ].join(' ');
}
