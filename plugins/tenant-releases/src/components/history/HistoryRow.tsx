import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { kindNames, stepDurations } from '../../domain/historyEntry';
import { PullRequestLink } from '../common/PullRequestLink';
import { RelativeTime } from '../common/RelativeTime';
import { useTableStyles } from '../common/useTableStyles';
import { VersionLabel } from '../common/VersionLabel';

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

/** One change of a tenant's file. */
export function HistoryRow(props: { entry: HistoryEntry; runs: boolean; wanted: boolean }) {
  const { entry, runs, wanted } = props;
  const classes = useStyles();
  const table = useTableStyles();
  const current = currentWord(runs, wanted);
  const durations = stepDurations(entry);
  const message = firstLine(entry.message);
  return (
    <tr data-testid="history-row" aria-current={current ? 'true' : undefined}>
      <th scope="row" data-label="Version">
        <span className={classes.version}>
          <VersionLabel version={entry.version} />
          {current && <span className={classes.current}>{current}</span>}
        </span>
      </th>
      <td data-label="When">
        <RelativeTime time={entry.committedAt} unknown="Git does not say when" />
      </td>
      <td data-label="Author">{entry.author}</td>
      <td data-label="Change" className={table.wide} title={entry.message}>
        <div className={table.cut}>
          {entry.pullRequest && <PullRequestLink {...entry.pullRequest} />}{' '}
          {!repeats(message, entry.pullRequest?.title) && (
            <span className={entry.pullRequest ? table.secondary : undefined}>{message}</span>
          )}
        </div>
      </td>
      <td data-label="Kind">{kindNames[entry.kind]}</td>
      <td data-label="Took">
        {durations ?? <span title="Nobody saw when this was synced or ran">-</span>}
      </td>
    </tr>
  );
}
