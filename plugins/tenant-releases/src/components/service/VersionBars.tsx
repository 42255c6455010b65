import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { FleetRow } from '../../domain/fleet';
import { shortVersion } from '../../domain/version';
import { versionBars } from '../../domain/versionBars';
import { versionMark } from '../../domain/versionMark';
import { EmptyNotice } from '../common/EmptyNotice';
import { RelativeTime } from '../common/RelativeTime';
import { useUrlParameter } from '../common/useUrlState';
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
      gridTemplateColumns: '150px 72px minmax(60px, 480px) auto',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      width: '100%',
      minHeight: 32,
      padding: theme.spacing(0, 1),
      border: 0,
      borderRadius: 4,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      textAlign: 'left',
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      '&[aria-pressed=true]': { background: theme.palette.action.selected, fontWeight: 600 },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '130px 64px 1fr',
        '& time': { display: 'none' },
      },
    },
    version: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    },
    bar: { height: 12, minWidth: 4, borderRadius: 3 },
    age: { color: theme.palette.text.secondary },
  }),
  { name: 'TenantReleasesVersionBars' },
);

/** A bar per running version, newest first; pressing one shows only its tenants in the table below. */
export function VersionBars({ releases }: { releases: readonly FleetRow[] }) {
  const classes = useStyles();
  const { type } = useTheme().palette;
  const [selected, select] = useUrlParameter('version');
  const bars = versionBars(releases);
  if (bars.length === 0) {
    return <EmptyNotice>No pod of this service is known to run.</EmptyNotice>;
  }
  const most = Math.max(...bars.map(({ tenants }) => tenants.length));
  return (
    <ul className={classes.root}>
      {bars.map(({ version, tenants, firstSeen }) => (
        <li key={version}>
          <button
            type="button"
            className={classes.row}
            aria-pressed={selected === version}
            title={`${version}: ${tenants.join(', ')}`}
            onClick={() => select(selected === version ? '' : version)}
          >
            <span className={classes.version}>
              <VersionMark version={version} />
              {shortVersion(version)}
            </span>
            <span>
              {tenants.length} {tenants.length === 1 ? 'tenant' : 'tenants'}
            </span>
            <span
              className={classes.bar}
              style={{
                width: `${(tenants.length / most) * 100}%`,
                background: versionMark(version, type).colour,
              }}
            />
            <span className={classes.age}>
              <RelativeTime time={firstSeen} unknown="Nobody knows since when" />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
