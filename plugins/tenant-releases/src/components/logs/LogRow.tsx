import { plainText, type LogLine } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { memo, useState } from 'react';
import { formatClock } from '../../domain/time';
import { shortVersion } from '../../domain/version';
import { logLevelColour } from '../../theme/logLevelColour';
import { secondaryText } from '../../theme/secondaryText';
import { visuallyHidden } from '../../theme/visuallyHidden';
import { VersionMark } from '../common/VersionMark';
import { LogDetails } from './LogDetails';

const useStyles = makeStyles(
  theme => ({
    row: {
      verticalAlign: 'top',
      '& td': { padding: theme.spacing(0.25, 1) },
      '&:hover': { background: theme.palette.action.hover },
    },
    fixed: { whiteSpace: 'nowrap', color: secondaryText(theme) },
    message: { width: '100%', minWidth: 160, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    toggle: {
      padding: '0 2px',
      margin: '0 -2px',
      border: 0,
      borderRadius: 3,
      background: 'none',
      color: 'inherit',
      cursor: 'pointer',
      font: 'inherit',
      textDecoration: 'underline dotted',
      textUnderlineOffset: 3,
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    version: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      // On a phone the mark must do, the details say the rest: the message needs the room.
      [theme.breakpoints.down('xs')]: {
        '& span': { position: 'absolute', width: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
      },
    },
  }),
  { name: 'TenantReleasesLogRow' },
);

/**
 * One line, as text: nothing in it is taken for markup, and terminal colours are left out. Its time opens everything
 * else that is known of it.
 */
export const LogRow = memo(({ line, now }: { line: LogLine; now: number }) => {
  const classes = useStyles();
  const theme = useTheme();
  const [isOpen, setOpen] = useState(false);
  const { time, level, message, labels } = line;
  return (
    <>
      <tr className={classes.row} data-testid="log-line">
        <td className={classes.fixed}>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <time dateTime={time}>{formatClock(Date.parse(time), now)}</time>
            <span style={visuallyHidden}>, details</span>
          </button>
        </td>
        <td className={classes.fixed} style={{ color: logLevelColour(level, theme) }}>
          {level}
        </td>
        <td className={classes.message}>{plainText(message)}</td>
        <td className={classes.fixed}>
          {labels.version ? (
            <span className={classes.version}>
              <VersionMark version={labels.version} />
              <span>{shortVersion(labels.version)}</span>
            </span>
          ) : (
            'not named'
          )}
        </td>
      </tr>
      {isOpen && (
        <tr className={classes.row}>
          <td colSpan={4}>
            <LogDetails line={line} />
          </td>
        </tr>
      )}
    </>
  );
});
