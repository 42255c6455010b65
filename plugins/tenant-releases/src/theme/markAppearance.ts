import {
  type RemixiconComponentType,
  RiForbid2Line,
  RiPauseCircleFill,
  RiSnowflakeLine,
} from '@remixicon/react';
import type { RowMark } from '../domain/rowMarks';
import { stateAppearance } from './stateAppearance';

/** The icon of each mark, and the colour of the state that means the same: trouble, or somebody wants it so. */
export const markAppearance: Record<
  RowMark,
  { icon: RemixiconComponentType; colours: Record<'light' | 'dark', string> }
> = {
  'bad-version': { icon: RiForbid2Line, colours: stateAppearance.degraded },
  held: { icon: RiPauseCircleFill, colours: stateAppearance.held },
  frozen: { icon: RiSnowflakeLine, colours: stateAppearance.held },
};
