import { Link } from '@backstage/core-components';
import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { authorText } from '../../domain/authorText';
import { type TimeInUse, kindNames } from '../../domain/historyEntry';
import { shortVersion } from '../../domain/version';
import { PullRequestLink } from '../common/PullRequestLink';
import { RelativeTime } from '../common/RelativeTime';
import { useTableStyles } from '../common/useTableStyles';
import { VersionLabel } from '../common/VersionLabel';
import { VersionSource } from '../common/VersionSource';
import { InUse } from './InUse';
import { StepBar } from './StepBar';

const useStyles = makeStyles(
  theme => ({
    version: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    current: {
      padding: '0 6px',
      border: '1px solid currentColor',
      borderRadius: 9,
      fontSize: theme.typography.caption.fontSize,
      lineHeight: '16px',
      whiteSpace: 'nowrap',
    },
    kind: { marginRight: theme.spacing(1), fontWeight: 600 },
    // Who and why is read without hovering.
    change: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
    author: {
      whiteSpace: 'normal !important' as 'normal',
      // Otherwise the column becomes as narrow as its longest letter.
      [theme.breakpoints.up('sm')]: { minWidth: 170 },
    },
    ways: { display: 'inline-flex', gap: theme.spacing(1.5) },
    compare: {
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.palette.primary.main,
      font: 'inherit',
      textDecoration: 'underline',
      cursor: 'pointer',
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
    },
  }),
  { name: 'TenantReleasesHistoryRow' },
);

const firstLine = (message: string) => message.split('\n')[0];

/** Whether a message says no more than the title of its pull request. */
const repeats = (message: string, title?: string) =>
  title !== undefined && (message.includes(title) || title.includes(message));

/** `running`, or `wanted` while it is not running yet. */
function currentWord(runs: boolean, wanted: boolean): string | undefined {
  if (runs) return 'running';
  return wanted ? 'wanted' : undefined;
}

interface HistoryRowProps {
  entry: HistoryEntry;
  inUse: TimeInUse;
  runs: boolean;
  wanted: boolean;
  /** Where Git shows what the commit changed. */
  commitUrl?: string;
  /** Compares it with the release before it; absent for the oldest. */
  onCompare?: () => void;
}

/** One change of a tenant's file. */
export function HistoryRow(props: HistoryRowProps) {
  const { entry, inUse, runs, wanted, commitUrl, onCompare } = props;
  const classes = useStyles();
  const table = useTableStyles();
  const { version, previousVersion, kind, pullRequest, source, movedFrom } = entry;
  const author = authorText(entry);
  const current = currentWord(runs, wanted);
  const message = firstLine(entry.message);
  const isSettings = kind === 'settings';
  return (
    <tr data-testid="history-row" aria-current={current ? 'true' : undefined}>
      <th scope="row" data-label="Version">
        <span className={classes.version}>
          <VersionLabel version={version} />
          {current && <span className={classes.current}>{current}</span>}
        </span>
      </th>
      <td data-label="When">
        <RelativeTime time={entry.committedAt} unknown="Git does not say when" />
      </td>
      <td data-label="Author" className={`${table.name} ${classes.author}`}>
        {author}
      </td>
      <td data-label="Change" className={table.wide}>
        {source && (
          <div className={classes.change}>
            <VersionSource source={source} />
          </div>
        )}
        <div className={classes.change}>
          {kind !== 'release' && <span className={classes.kind}>{kindNames[kind]}</span>}
          {pullRequest && <PullRequestLink {...pullRequest} />}{' '}
          {!repeats(message, pullRequest?.title) && (
            <span className={pullRequest ? table.secondary : undefined}>{message}</span>
          )}
          {previousVersion && (
            <span className={table.secondary}> · replaced {shortVersion(previousVersion)}</span>
          )}
          {movedFrom && <span className={table.secondary}> · moved here from {movedFrom}</span>}
        </div>
      </td>
      <td data-label="Took">
        <StepBar entry={entry} />
      </td>
      <td data-label="In use">{!isSettings && <InUse {...inUse} />}</td>
      <td data-label="Diff">
        <span className={classes.ways}>
          {onCompare ? (
            <button
              type="button"
              className={classes.compare}
              aria-label={`diff: compare ${version} with the release before it`}
              onClick={onCompare}
            >
              diff
            </button>
          ) : (
            <span className={table.secondary}>the first</span>
          )}
          {commitUrl && (
            <Link
              to={commitUrl}
              underline="always"
              aria-label={`Commit ${entry.commit.slice(0, 7)} in Git`}
            >
              Git
            </Link>
          )}
        </span>
      </td>
    </tr>
  );
}
