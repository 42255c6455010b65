import type { PanelSeries } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import { versionMark } from '../../domain/versionMark';
import { stateColour } from '../../theme/stateAppearance';

/** Lines that mean nothing of their own; at least 3:1 against the theme's backgrounds. */
const plain = {
  light: ['#1f5493', '#0e7c7b', '#7a4fb5'],
  dark: ['#9cc9ff', '#7fd8d4', '#d0b3ff'],
};

/** Errors have the colour of trouble, versions their own; other lines are told apart by order. */
export function seriesColour({ name, labels }: PanelSeries, index: number, theme: Theme): string {
  if (/error|5xx/i.test(name)) return stateColour('degraded', theme);
  if (labels.version) return versionMark(labels.version, theme.palette.type).colour;
  const colours = plain[theme.palette.type];
  return colours[index % colours.length];
}
