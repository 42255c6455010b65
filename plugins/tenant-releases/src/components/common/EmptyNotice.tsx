import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(2),
      border: `1px dashed ${theme.palette.divider}`,
      borderRadius: 4,
      color: secondaryText(theme),
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
    },
  }),
  { name: 'TenantReleasesEmptyNotice' },
);

/** Says what would be here and how to get it. */
export function EmptyNotice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div>{children}</div>
      {action}
    </div>
  );
}
