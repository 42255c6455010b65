import { makeStyles, useTheme } from '@material-ui/core/styles';
import { RiErrorWarningLine, RiInformationLine, RiTimeLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { stateColour } from '../../theme/stateAppearance';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      borderLeft: '3px solid',
      background: theme.palette.action.hover,
      borderRadius: 3,
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      '& svg': { flexShrink: 0, marginTop: 2 },
      [theme.breakpoints.down('xs')]: { flexWrap: 'wrap' },
    },
    body: {
      flex: '1 1 0',
      minWidth: 0,
      color: theme.palette.text.primary,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { flexBasis: 'calc(100% - 32px)' },
    },
    actions: { marginLeft: 'auto', flexShrink: 0 },
  }),
  { name: 'TenantReleasesNotice' },
);

const looks = {
  error: { icon: RiErrorWarningLine, state: 'degraded' },
  stale: { icon: RiTimeLine, state: 'unknown' },
  info: { icon: RiInformationLine, state: 'progressing' },
} as const;

/**
 * A remark that stands where its subject stands.
 *
 * @param props.kind - error: it failed; stale: the data is old; info: nothing is wrong
 */
export function Notice(props: {
  kind: keyof typeof looks;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const classes = useStyles();
  const { icon: Icon, state } = looks[props.kind];
  const colour = stateColour(state, useTheme());
  return (
    <div
      className={classes.root}
      style={{ borderLeftColor: colour, color: colour }}
      // Ages in the others tick: a live region would speak without end.
      role={props.kind === 'error' ? 'alert' : 'note'}
    >
      <Icon size={16} aria-hidden />
      <div className={classes.body}>{props.children}</div>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}
