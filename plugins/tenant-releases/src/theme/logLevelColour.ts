import type { LogLevel } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import { stateColour } from './stateAppearance';

/** Errors and warnings stand out; the others are as quiet as other text. */
export function logLevelColour(level: LogLevel, theme: Theme): string | undefined {
  if (level === 'error') return stateColour('degraded', theme);
  if (level === 'warn') return stateColour('drifted', theme);
  return undefined;
}
