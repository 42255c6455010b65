import type { LogLine } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { memo } from 'react';
import { plainText } from '../../domain/plainText';
import { formatClock } from '../../domain/time';
import { shortVersion } from '../../domain/version';
import { logLevelColour } from '../../theme/logLevelColour';
import { secondaryText } from '../../theme/secondaryText';
import { VersionMark } from '../common/VersionMark';

const useStyles = makeStyles(
  theme => ({
    row: {
      verticalAlign: 'top',
      '& td': { padding: theme.spacing(0.25, 1) },
      '&:hover': { background: theme.palette.action.hover },
    },
    fixed: { whiteSpace: 'nowrap', color: secondaryText(theme) },
    message: { width: '100%', minWidth: 160, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    version: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      // On a phone the mark and the text on touch must do: the message needs the room.
      [theme.breakpoints.down('xs')]: {
        '& span': { position: 'absolute', width: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
      },
    },
  }),
  { name: 'TenantReleasesLogRow' },
);

/** One line, as text: nothing in it is taken for markup, and terminal colours are left out. */
export const LogRow = memo(({ line, now }: { line: LogLine; now: number }) => {
  const classes = useStyles();
  const theme = useTheme();
  const { time, level, message, labels } = line;
  const details = Object.entries(labels).map(([name, value]) => `${name}: ${plainText(value)}`);
  return (
    <tr className={classes.row} data-testid="log-line">
      <td className={classes.fixed}>
        <time dateTime={time} title={time}>
          {formatClock(Date.parse(time), now)}
        </time>
      </td>
      <td className={classes.fixed} style={{ color: logLevelColour(level, theme) }}>
        {level}
      </td>
      <td className={classes.message} title={details.join('\n')}>
        {plainText(message)}
      </td>
      <td className={classes.fixed}>
        {labels.version ? (
          <span className={classes.version} title={labels.version}>
            <VersionMark version={labels.version} />
            <span>{shortVersion(labels.version)}</span>
          </span>
        ) : (
          <span title="The line does not say which version wrote it">-</span>
        )}
      </td>
    </tr>
  );
});
