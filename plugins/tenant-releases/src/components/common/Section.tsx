import { makeStyles } from '@material-ui/core/styles';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 },
    head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) },
    title: { margin: 0, fontSize: '1.1rem', fontWeight: 600 },
    controls: {
      display: 'flex',
      flexWrap: 'wrap',
      flex: '1 1 auto',
      maxWidth: '100%',
      justifyContent: 'flex-end',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
      [theme.breakpoints.down('xs')]: { justifyContent: 'flex-start' },
    },
  }),
  { name: 'TenantReleasesSection' },
);

/** A part of a page with its heading and what steers it. */
export function Section(props: {
  title: string;
  /** Where a link on the same page can lead to. */
  id?: string;
  controls?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  const titleId = useId();
  return (
    <section id={props.id} className={classes.root} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h2 className={classes.title} id={titleId}>
          {props.title}
        </h2>
        <div className={classes.controls}>{props.controls}</div>
      </div>
      {props.children}
    </section>
  );
}
