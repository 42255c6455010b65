import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { PluginConfig } from '../config/readPluginConfig';

/** Sources that are left out because their configuration is wrong. */
export function misconfigured({ problems }: PluginConfig): SourceStatus[] {
  return problems.map(({ source, message }) => ({
    ...source,
    state: 'down',
    ageSeconds: 0,
    error: 'misconfigured',
    detail: message,
  }));
}
