import { makeStyles, useTheme } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import { useMemo, useState } from 'react';
import type { FleetRow } from '../../domain/fleet';
import { fleetVersions } from '../../domain/fleetVersions';
import { formatCount } from '../../domain/formatCount';
import { formatExact } from '../../domain/time';
import { shortVersion } from '../../domain/version';
import { secondaryText } from '../../theme/secondaryText';
import { EmptyNotice } from '../common/EmptyNotice';
import { Hint } from '../common/Hint';
import { RelativeTime } from '../common/RelativeTime';
import { useUrlParameter } from '../common/useUrlState';
import { useVersionColours } from '../common/useVersionOrder';
import { VersionMark } from '../common/VersionMark';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: 2,
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    row: {
      display: 'grid',
      gridTemplateColumns: '150px 104px minmax(60px, 320px) 84px minmax(0, 1fr)',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      width: '100%',
      minHeight: 32,
      padding: theme.spacing(0, 1),
      border: 0,
      borderRadius: 4,
      background: 'none',
      color: theme.palette.text.primary,
      font: 'inherit',
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      textAlign: 'left',
      whiteSpace: 'nowrap',
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      '&[aria-pressed=true]': { background: theme.palette.action.selected, fontWeight: 600 },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '120px 104px 1fr',
        '& $age, & $change': { display: 'none' },
      },
    },
    version: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    },
    bad: { textDecoration: 'line-through' },
    bar: { height: 12, minWidth: 4, borderRadius: 3 },
    age: { color: secondaryText(theme) },
    change: {
      overflow: 'hidden',
      color: secondaryText(theme),
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'TenantReleasesVersionBars' },
);

/** So many versions are shown at first. */
const fewVersions = 12;

/** A bar per running version, newest first; pressing one shows only its tenants in the table below. */
export function VersionBars({ releases }: { releases: readonly FleetRow[] }) {
  const classes = useStyles();
  const { type } = useTheme().palette;
  const [selected, select] = useUrlParameter('version');
  const [showsAll, setShowsAll] = useState(false);
  const versions = useMemo(
    () => fleetVersions(releases).filter(({ running }) => running > 0),
    [releases],
  );
  const colours = useVersionColours(
    versions.map(({ version }) => version),
    type,
  );
  if (versions.length === 0) {
    return <EmptyNotice>No pod of this service is known to run.</EmptyNotice>;
  }
  const most = Math.max(...versions.map(({ running }) => running));
  const older = showsAll ? 0 : Math.max(0, versions.length - fewVersions);
  return (
    <ul className={classes.root}>
      {versions
        .slice(0, versions.length - older)
        .map(({ version, running, firstSeen, author, pullRequest, bad }, index) => {
          const change = [author, pullRequest && `#${pullRequest.number} ${pullRequest.title}`];
          const changed = change.filter(Boolean).join(' · ');
          const seen = firstSeen !== undefined && `first seen ${formatExact(firstSeen)}`;
          return (
            <li key={version}>
              <Hint text={[version, bad, changed, seen].filter(Boolean).join('\n')} isStop={false}>
                <button
                  type="button"
                  className={classes.row}
                  aria-pressed={selected === version}
                  onClick={() => select(selected === version ? '' : version)}
                >
                  <span className={`${classes.version} ${bad ? classes.bad : ''}`}>
                    <VersionMark version={version} />
                    {shortVersion(version)}
                  </span>
                  <span>
                    {formatCount(running)} {running === 1 ? 'tenant' : 'tenants'}
                  </span>
                  <span
                    className={classes.bar}
                    style={{
                      width: `${(running / most) * 100}%`,
                      background: colours[index],
                    }}
                  />
                  <span className={classes.age}>
                    <RelativeTime
                      time={firstSeen === undefined ? undefined : new Date(firstSeen).toISOString()}
                      unknown="Nobody knows since when"
                      isStop={false}
                    />
                  </span>
                  <span className={classes.change}>{changed}</span>
                </button>
              </Hint>
            </li>
          );
        })}
      {older > 0 && (
        <li>
          <Button size="small" onClick={() => setShowsAll(true)}>
            Show {older} older
          </Button>
        </li>
      )}
    </ul>
  );
}
