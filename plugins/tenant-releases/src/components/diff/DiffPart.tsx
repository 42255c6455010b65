import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
      minWidth: 0,
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
    },
    title: { margin: 0, fontSize: '1rem', fontWeight: 600 },
    detail: { color: secondaryText(theme), fontWeight: 400, overflowWrap: 'anywhere' },
  }),
  { name: 'TenantReleasesDiffPart' },
);

/** A part of a comparison with its heading. */
export function DiffPart(props: { title: string; detail?: ReactNode; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <h3 className={classes.title}>
        {props.title} <span className={classes.detail}>{props.detail}</span>
      </h3>
      {props.children}
    </div>
  );
}
