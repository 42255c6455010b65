import { makeStyles } from '@material-ui/core/styles';
import { shortVersion } from '../../domain/version';
import { secondaryText } from '../../theme/secondaryText';
import { Disclosure } from '../common/Disclosure';
import { RelativeTime } from '../common/RelativeTime';
import { VersionMark } from '../common/VersionMark';
import type { NumberedMarker } from './drawMarkers';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      padding: 0,
      color: secondaryText(theme),
      fontSize: theme.typography.caption.fontSize,
      fontVariantNumeric: 'tabular-nums',
      listStyle: 'none',
    },
    entry: { display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' },
    number: {
      minWidth: 16,
      padding: '0 3px',
      border: '1px solid currentColor',
      fontSize: 10,
      textAlign: 'center',
    },
  }),
  { name: 'TenantReleasesMarkerLegend' },
);

/** So many stand below a chart at once; the older ones can be opened. */
const few = 6;

function Entries({ markers }: { markers: readonly NumberedMarker[] }) {
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label="Releases on the chart by number">
      {markers.map(({ number, marker: { version, time, kind } }) => (
        <li key={number} className={classes.entry}>
          <span className={classes.number}>{number}</span> <VersionMark version={version} />
          {shortVersion(version)}
          {kind === 'rollback' && ', rolled back,'}{' '}
          <RelativeTime time={new Date(time * 1000).toISOString()} unknown="" />
        </li>
      ))}
    </ol>
  );
}

/** What the numbers above a chart stand for, the newest release first. */
export function MarkerLegend({ markers }: { markers: readonly NumberedMarker[] }) {
  if (markers.length === 0) return null;
  const older = markers.slice(few);
  return (
    <div>
      <Entries markers={markers.slice(0, few)} />
      {older.length > 0 && (
        <Disclosure
          summary={`${older.length} older ${older.length === 1 ? 'release' : 'releases'}`}
        >
          <Entries markers={older} />
        </Disclosure>
      )}
    </div>
  );
}
