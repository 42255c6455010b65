import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import {
  type RemixiconComponentType,
  RiCheckboxCircleFill,
  RiErrorWarningFill,
  RiGitBranchLine,
  RiLoopRightLine,
  RiPauseCircleFill,
  RiQuestionLine,
} from '@remixicon/react';

interface StateAppearance {
  label: string;
  /** One sentence, as a hint. */
  meaning: string;
  icon: RemixiconComponentType;
  /** At least 4.5:1 against the theme's backgrounds (WCAG 2.2, 1.4.3). */
  light: string;
  dark: string;
}

/** One word, icon and colour a meaning, the same on every page. */
export const stateAppearance: Record<ReleaseState, StateAppearance> = {
  'in-sync': {
    label: 'In sync',
    meaning: 'Git, Argo CD and the pods agree, the pods are healthy, and no trouble is known.',
    icon: RiCheckboxCircleFill,
    light: '#1b7a3d',
    dark: '#8fdda3',
  },
  progressing: {
    label: 'Progressing',
    meaning: 'A change is on its way from Git to the pods, or waits for a person or a window.',
    icon: RiLoopRightLine,
    light: '#1f5493',
    dark: '#9cc9ff',
  },
  drifted: {
    label: 'Drifted',
    meaning: 'What runs is not what Git wants, and nothing is under way to change that.',
    icon: RiGitBranchLine,
    light: '#8a5300',
    dark: '#ffc766',
  },
  degraded: {
    label: 'Degraded',
    meaning:
      'A sync failed, the pods are not healthy, requests fail, an alert fires, or the version is bad.',
    icon: RiErrorWarningFill,
    light: '#b3102a',
    dark: '#ffa8a8',
  },
  held: {
    label: 'Held',
    meaning:
      'This tenant stays on its version until somebody releases the hold, or its Application says another.',
    icon: RiPauseCircleFill,
    light: '#6a3fa0',
    dark: '#d6bcff',
  },
  unknown: {
    label: 'Unknown',
    meaning:
      'A source is down or late, or what it says cannot be read, so nobody knows how it is now.',
    icon: RiQuestionLine,
    light: '#5c6166',
    dark: '#cfcfcf',
  },
};

/** The colour of a state in the theme that is on. */
export function stateColour(state: ReleaseState, theme: Theme): string {
  return stateAppearance[state][theme.palette.type];
}
