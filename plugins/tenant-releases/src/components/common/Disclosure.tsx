import { makeStyles } from '@material-ui/core/styles';
import { type ReactNode, useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0 },
    summary: {
      padding: theme.spacing(0.75, 0.5),
      borderRadius: 4,
      cursor: 'pointer',
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
  }),
  { name: 'TenantReleasesDisclosure' },
);

/** Something that is opened when it is wanted; until then its content is not drawn. */
export function Disclosure(props: {
  summary: ReactNode;
  /** Whether it is open at first. */
  open?: boolean;
  children: ReactNode;
}) {
  const { summary, children } = props;
  const classes = useStyles();
  const [isOpen, setOpen] = useState(props.open ?? false);
  return (
    <details
      className={classes.root}
      open={isOpen}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary className={classes.summary}>{summary}</summary>
      {isOpen && children}
    </details>
  );
}
