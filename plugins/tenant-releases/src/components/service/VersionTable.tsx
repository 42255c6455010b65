import { percent, type ServiceVersion } from '@internal/plugin-tenant-releases-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { unmeasured } from '../../domain/serviceVersions';
import { formatCount } from '../../domain/formatCount';
import { formatDuration } from '../../domain/time';
import { formatValue } from '../../domain/units';
import { shortVersion } from '../../domain/version';
import { versionMark } from '../../domain/versionMark';
import { EmptyNotice } from '../common/EmptyNotice';
import { RelativeTime } from '../common/RelativeTime';
import { useTableStyles } from '../common/useTableStyles';
import { VersionLabel } from '../common/VersionLabel';
import { VersionSource } from '../common/VersionSource';

const useStyles = makeStyles(
  theme => ({
    version: { display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) },
    bad: {
      padding: '0 6px',
      border: '1px solid currentColor',
      borderRadius: 9,
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 400,
    },
    source: {
      display: 'block',
      maxWidth: '60ch',
      fontWeight: 400,
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
    },
    share: { display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 120 },
    count: { minWidth: '3ch', textAlign: 'right' },
    bar: { height: 12, minWidth: 4, borderRadius: 3 },
    names: { whiteSpace: 'normal !important' as 'normal', overflowWrap: 'anywhere' },
    notes: { margin: 0, paddingLeft: theme.spacing(2.5), lineHeight: 1.5 },
  }),
  { name: 'TenantReleasesVersionTable' },
);

/** So many versions, and so many names beside one, are shown at first. */
const few = { versions: 12, names: 8 };

function Names({ tenants }: { tenants: NonNullable<ServiceVersion['tenants']> }) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? tenants : tenants.slice(0, few.names);
  const more = tenants.length - shown.length;
  return (
    <>
      {shown.map(({ tenant, displayName }, index) => (
        <span key={tenant}>
          {index > 0 && ', '}
          {displayName}
        </span>
      ))}
      {more > 0 && (
        <Button size="small" onClick={() => setShowsAll(true)}>
          and {formatCount(more)} more
        </Button>
      )}
    </>
  );
}

function VersionRow({ row, most }: { row: ServiceVersion; most: number }) {
  const classes = useStyles();
  const table = useTableStyles();
  const { type } = useTheme().palette;
  const { version, running, desired, firstSeen, isBad, source, tenants, serving } = row;
  const latency = serving?.latencyP95;
  const untold = <span className={table.secondary}>not told</span>;
  return (
    <tr data-testid={`version-${version}`}>
      <th scope="row" data-label="Version">
        <span className={classes.version}>
          <VersionLabel version={version} />
          {isBad && <span className={classes.bad}>bad version</span>}
        </span>
        {source && (
          <span className={`${classes.source} ${table.secondary}`}>
            <VersionSource source={source} />
          </span>
        )}
      </th>
      <td data-label="Tenants that run it">
        <span className={classes.share}>
          <span className={classes.count}>{formatCount(running)}</span>
          {running > 0 && (
            <span
              className={classes.bar}
              style={{
                width: `${(running / most) * 120}px`,
                background: versionMark(version, type).colour,
              }}
            />
          )}
        </span>
      </td>
      <td data-label="Git wants it for" className={table.number}>
        {formatCount(desired)}
      </td>
      <td data-label="First seen">
        {firstSeen ? (
          <RelativeTime time={firstSeen} unknown="Nobody knows since when" />
        ) : (
          <span className={table.secondary}>not known</span>
        )}
      </td>
      <td data-label="Errors" className={table.number}>
        {serving ? percent(serving.errorRatio) : untold}
      </td>
      <td data-label="Latency p95" className={table.number}>
        {latency === undefined ? untold : formatValue(latency, 's')}
      </td>
      {tenants && (
        <td data-label="Tenants" className={classes.names}>
          <Names tenants={tenants} />
        </td>
      )}
    </tr>
  );
}

/**
 * The versions of a service with how many tenants run them and how they serve, newest first; with the tenants' names, where
 * they are told.
 *
 * @param props.windowSeconds - that errors and latency are taken over
 */
export function VersionTable(props: {
  versions: readonly ServiceVersion[];
  windowSeconds: number;
}) {
  const { versions, windowSeconds } = props;
  const classes = useStyles();
  const table = useTableStyles();
  const [showsAll, setShowsAll] = useState(false);
  if (versions.length === 0) return <EmptyNotice>No version of it is known.</EmptyNotice>;
  const shown = showsAll ? versions : versions.slice(0, few.versions);
  const most = Math.max(...versions.map(({ running }) => running));
  const hasNames = versions.some(({ tenants }) => tenants);
  const reasons = unmeasured(versions);
  return (
    <>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Tenants that run it</th>
              <th scope="col" className={table.number}>
                Git wants it for
              </th>
              <th scope="col">First seen</th>
              <th scope="col" className={table.number}>
                Errors
              </th>
              <th scope="col" className={table.number}>
                Latency p95
              </th>
              {hasNames && <th scope="col">Tenants</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map(row => (
              <VersionRow key={row.version} row={row} most={most} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < versions.length && (
        <div>
          <Button size="small" onClick={() => setShowsAll(true)}>
            Show {formatCount(versions.length - shown.length)} older
          </Button>
        </div>
      )}
      <ul className={`${classes.notes} ${table.secondary}`}>
        <li>Errors and latency are of the last {formatDuration(windowSeconds)}.</li>
        {reasons.map(({ text, versions: of }) => (
          <li key={text}>
            {of.length === versions.length
              ? 'All versions'
              : of.slice(0, 3).map(shortVersion).join(', ')}
            {of.length > 3 && of.length < versions.length && ` and ${of.length - 3} more`}: {text}
          </li>
        ))}
      </ul>
    </>
  );
}
