import type { LogLine } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { logKeys } from '../../domain/logKeys';
import { secondaryText } from '../../theme/secondaryText';
import { useNow } from '../common/useNow';
import { LogRow } from './LogRow';

const useStyles = makeStyles(
  theme => ({
    scroll: {
      // What is hidden in its rows must not make the page longer.
      position: 'relative',
      maxHeight: 420,
      overflow: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
      background: theme.palette.background.paper,
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12,
      lineHeight: 1.5,
      '& th': {
        position: 'sticky',
        top: 0,
        padding: theme.spacing(0.5, 1),
        background: theme.palette.background.paper,
        color: secondaryText(theme),
        textAlign: 'left',
        fontFamily: theme.typography.fontFamily,
        boxShadow: `inset 0 -1px ${theme.palette.divider}`,
      },
    },
    // Less opacity would be less contrast than text needs.
    outdated: { filter: 'grayscale(1)' },
  }),
  { name: 'TenantReleasesLogTable' },
);

/**
 * Log lines, newest first. The box scrolls by keyboard once it has the focus.
 *
 * @param props.outdated - these lines are of the filters before, until the new ones are there
 */
export function LogTable({ lines, outdated }: { lines: LogLine[]; outdated: boolean }) {
  const classes = useStyles();
  const now = useNow(60_000);
  const keys = logKeys(lines);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- else the keyboard cannot scroll it
    <div className={classes.scroll} role="region" aria-label="Log lines" tabIndex={0}>
      <table
        className={`${classes.table} ${outdated ? classes.outdated : ''}`}
        aria-busy={outdated}
      >
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Level</th>
            <th scope="col">Message</th>
            <th scope="col">Version</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <LogRow key={keys[index]} line={line} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
