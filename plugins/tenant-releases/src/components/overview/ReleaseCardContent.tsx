import type { Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useRelease, useSources } from '../../api/useReleases';
import { staleNote, troubledSource } from '../../domain/sourceNote';
import { stateSince } from '../../domain/stateSince';
import { secondaryText } from '../../theme/secondaryText';
import { ErrorNotice } from '../common/ErrorNotice';
import { LiveDot } from '../common/LiveDot';
import { Notice } from '../common/Notice';
import { Placeholder } from '../common/Placeholder';
import { ElapsedTime } from '../common/RelativeTime';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { StateLabel } from '../common/StateLabel';
import { useFromNow } from '../common/useNow';
import { FileErrorNotice } from '../release/FileErrorNotice';
import { ThreeVersions } from './ThreeVersions';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1), lineHeight: 1.5 },
    reason: { color: secondaryText(theme), overflowWrap: 'anywhere' },
  }),
  { name: 'TenantReleasesReleaseCard' },
);

/** What the card shows comes from these. */
const shownKinds = ['git', 'argocd', 'kubernetes', 'prometheus'] as const;

/** The source that is late or down, as the Release tab says it. */
function AwayNotices({ release, sources }: { release: Release; sources: SourceStatus[] }) {
  const note = useFromNow(now => staleNote(release, now));
  const away = shownKinds.flatMap(kind => troubledSource(sources, kind, release) ?? []);
  // Who may not see the sources still has to know that this is old.
  if (away.length === 0) return note ? <Notice kind="stale">{note}</Notice> : null;
  return (
    <>
      {away.map(source => (
        <SourceNotice key={source.id} source={source} />
      ))}
    </>
  );
}

/** One release in three lines: its state, its versions, and why; and what of it may not be so any more. */
export function ReleaseCardContent(props: {
  release: ReleaseKey;
  fileError?: string;
  showService: boolean;
}) {
  const { release: key, fileError, showService } = props;
  const classes = useStyles();
  const { data, error, dataUpdatedAt, refetch } = useRelease(key);
  const sources = useSources().data ?? [];
  const saidElsewhere = ['FILE_INVALID', 'SOURCE_STALE'];
  const reason =
    data?.hold?.reason ?? data?.reasons.find(({ code }) => !saidElsewhere.includes(code))?.text;
  return (
    <div className={classes.root}>
      <FileErrorNotice release={data} fileError={fileError} />
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={2} what="release" />}
      {data && (
        <>
          <div>
            {showService && `${data.service}: `}
            {data.environment !== undefined && `${data.environment}: `}
            <StateLabel state={data.state} /> for{' '}
            <ElapsedTime time={stateSince(data)} unknown="Nobody knows since when" />
          </div>
          <ThreeVersions release={data} />
          {reason && <div className={classes.reason}>{reason}</div>}
          {data.serving?.why && <div className={classes.reason}>{data.serving.why}</div>}
          <AwayNotices release={data} sources={sources} />
          <StaleNotice error={error} updatedAt={dataUpdatedAt} onRetry={refetch} />
          <LiveDot updatedAt={dataUpdatedAt} failing={error !== null} release={data} />
        </>
      )}
    </div>
  );
}
