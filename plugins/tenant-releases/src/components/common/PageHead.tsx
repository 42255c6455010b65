import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { PageTitle } from './PageTitle';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      gap: theme.spacing(1, 3),
    },
    sentence: { flex: '1 1 60ch', maxWidth: '120ch', margin: 0, fontWeight: 600, lineHeight: 1.4 },
    aside: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) },
  }),
  { name: 'TenantReleasesPageHead' },
);

/**
 * How things are, in one sentence, and what goes with the whole page beside it.
 *
 * @param props.title - the same in a few words, for the browser's tab
 */
export function PageHead(props: { title: string; sentence: ReactNode; children?: ReactNode }) {
  const { title, sentence, children } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <PageTitle>{title}</PageTitle>
      <Typography className={classes.sentence} component="p" variant="subtitle1">
        {sentence}
      </Typography>
      <div className={classes.aside}>{children}</div>
    </div>
  );
}
