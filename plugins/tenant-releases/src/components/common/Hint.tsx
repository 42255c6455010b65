import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactElement, ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      borderRadius: 2,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 1,
      },
    },
    tip: {
      maxWidth: 'min(60ch, calc(100vw - 32px))',
      background: theme.palette.type === 'light' ? '#333333' : '#f5f5f5',
      color: theme.palette.type === 'light' ? '#ffffff' : '#1e1e1e',
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 400,
      lineHeight: 1.5,
      whiteSpace: 'pre-line',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'TenantReleasesHint' },
);

/** Text is no control, but the keyboard has to come by for its hint to open (WCAG 2.2, 2.1.1). */
const stop = { tabIndex: 0 };

/**
 * More about something: under the pointer, with the keyboard's focus, by a touch, and to a screen reader. A `title`
 * reaches the pointer alone.
 *
 * @param props.isStop - false where the child is itself a button or a link: it then is what the hint describes
 */
export function Hint(
  props: { text: string } & (
    | { isStop?: true; className?: string; children: ReactNode }
    | { isStop: false; children: ReactElement }
  ),
) {
  const { text } = props;
  const classes = useStyles();
  return (
    <Tooltip
      title={text}
      classes={{ tooltip: classes.tip }}
      enterTouchDelay={0}
      leaveTouchDelay={5_000}
    >
      {props.isStop === false ? (
        props.children
      ) : (
        <span className={`${classes.root} ${props.className ?? ''}`} {...stop}>
          {props.children}
        </span>
      )}
    </Tooltip>
  );
}
