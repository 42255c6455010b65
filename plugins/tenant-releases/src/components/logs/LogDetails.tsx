import { plainText, type LogLine } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { secondaryText } from '../../theme/secondaryText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gap: theme.spacing(0, 2),
      margin: theme.spacing(0, 0, 1),
      paddingLeft: theme.spacing(2),
      borderLeft: `2px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
      '& dt': { color: secondaryText(theme) },
      '& dd': { margin: 0 },
    },
  }),
  { name: 'TenantReleasesLogDetails' },
);

/** What has no column: the exact time, the pod, and all other labels. */
export function LogDetails({ line: { time, labels } }: { line: LogLine }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      <dt>time</dt>
      <dd>{time}</dd>
      {Object.entries(labels).map(([name, value]) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={name}>{plainText(value)}</dd>,
      ])}
    </dl>
  );
}
