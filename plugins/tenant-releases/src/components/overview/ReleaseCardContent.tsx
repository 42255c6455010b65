import { makeStyles } from '@material-ui/core/styles';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useRelease } from '../../api/useReleases';
import { stateSince } from '../../domain/stateSince';
import { secondaryText } from '../../theme/secondaryText';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { ElapsedTime } from '../common/RelativeTime';
import { StaleNotice } from '../common/StaleNotice';
import { StateLabel } from '../common/StateLabel';
import { FileErrorNotice } from '../release/FileErrorNotice';
import { ThreeVersions } from './ThreeVersions';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1), lineHeight: 1.5 },
    reason: { color: secondaryText(theme), overflowWrap: 'anywhere' },
  }),
  { name: 'TenantReleasesReleaseCard' },
);

/** One release in three lines: its state, its versions, and why. */
export function ReleaseCardContent(props: {
  release: ReleaseKey;
  fileError?: string;
  showService: boolean;
}) {
  const { release: key, fileError, showService } = props;
  const classes = useStyles();
  const { data, error, dataUpdatedAt, refetch } = useRelease(key);
  const reason =
    data?.hold?.reason ?? data?.reasons.find(({ code }) => code !== 'FILE_INVALID')?.text;
  return (
    <div className={classes.root}>
      <FileErrorNotice release={data} fileError={fileError} />
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={2} what="release" />}
      {data && (
        <>
          <div>
            {showService && `${data.service}: `}
            <StateLabel state={data.state} /> for{' '}
            <ElapsedTime time={stateSince(data)} unknown="Nobody knows since when" />
          </div>
          <ThreeVersions release={data} />
          {reason && <div className={classes.reason}>{reason}</div>}
          <StaleNotice error={error} updatedAt={dataUpdatedAt} />
        </>
      )}
    </div>
  );
}
