import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  {
    root: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'TenantReleasesHiddenText' },
);

/** Text for those who have the page read to them, where others see it from what stands around. */
export function HiddenText({ children }: { children: ReactNode }) {
  return <span className={useStyles().root}>{children}</span>;
}
