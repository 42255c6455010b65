import { ResponseError } from '@backstage/errors';
import type { DiffSide } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useDiff } from '../../api/useDiff';
import type { CommitPair } from '../../domain/commitPair';
import { secondaryText } from '../../theme/secondaryText';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Hint } from '../common/Hint';
import { Placeholder } from '../common/Placeholder';
import { RelativeTime } from '../common/RelativeTime';
import { VersionLabel } from '../common/VersionLabel';
import { ManifestsDiff } from './ManifestsDiff';
import { ValuesDiff } from './ValuesDiff';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 },
    sides: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.body2.fontSize,
    },
    side: { display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1) },
    by: { color: secondaryText(theme) },
  }),
  { name: 'TenantReleasesComparison' },
);

function Side({ word, side }: { word: string; side: DiffSide }) {
  const classes = useStyles();
  return (
    <span className={classes.side}>
      <span className={classes.by}>{word}</span>
      {side.version ? <VersionLabel version={side.version} /> : 'no version'}
      <span className={classes.by}>
        {side.author} in <Hint text={side.commit}>{side.commit.slice(0, 7)}</Hint>,{' '}
        <RelativeTime time={side.committedAt} unknown="Git does not say when" />
      </span>
    </span>
  );
}

/** What differs between two releases: the tenant's file, and what the charts make of it. */
export default function Comparison(props: { release: ReleaseKey; commits: CommitPair }) {
  const { release, commits } = props;
  const classes = useStyles();
  const { data, error, refetch } = useDiff(release, commits);
  if (!data) {
    if (error instanceof ResponseError && error.statusCode === 404) {
      return (
        <EmptyNotice>
          One of the two is not in the history of this release. Choose two that are.
        </EmptyNotice>
      );
    }
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={4} what="difference" />
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.sides}>
        <Side word="from" side={data.from} />
        <Side word="to" side={data.to} />
      </div>
      <ValuesDiff values={data.values} />
      <ManifestsDiff manifests={data.manifests} onRetry={refetch} />
    </div>
  );
}
