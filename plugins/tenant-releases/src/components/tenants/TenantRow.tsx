import { Link } from '@backstage/core-components';
import type { Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { RiTimeLine } from '@remixicon/react';
import { releasePath } from '../../domain/links';
import { mainReason } from '../../domain/reasons';
import { sourceNote, troubledSource } from '../../domain/sourceNote';
import { stateSince } from '../../domain/stateSince';
import { formatDuration } from '../../domain/time';
import { LastChange } from '../common/LastChange';
import { RelativeTime } from '../common/RelativeTime';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';
import { VersionLabel } from '../common/VersionLabel';

const useStyles = makeStyles(
  theme => ({
    versions: { display: 'inline-flex', flexWrap: 'wrap', gap: '2px 12px' },
    state: {
      display: 'flex',
      columnGap: 8,
      [theme.breakpoints.down('md')]: { flexWrap: 'wrap' },
    },
    stale: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 4,
      flexShrink: 0,
      [theme.breakpoints.down('md')]: { flexShrink: 1, whiteSpace: 'normal' },
    },
    change: { [theme.breakpoints.up('sm')]: { minWidth: 160, maxWidth: 240 } },
  }),
  { name: 'TenantReleasesTenantRow' },
);

/** Why a row may not show how things are now; `undefined` while all its sources are ok. */
function staleText(release: Release, sources: SourceStatus[]): string | undefined {
  if (release.staleSeconds === undefined) return undefined;
  const source = (['git', 'argocd', 'kubernetes'] as const)
    .map(kind => troubledSource(sources, kind, release))
    .find(Boolean);
  return sourceNote(source) ?? `last known, ${formatDuration(release.staleSeconds)} old`;
}

/** One release in the table of tenants. */
export function TenantRow(props: {
  release: Release;
  sources: SourceStatus[];
  showService: boolean;
}) {
  const { release, sources, showService } = props;
  const classes = useStyles();
  const table = useTableStyles();
  const stale = staleText(release, sources);
  const reason = mainReason(release);
  const remark = release.hold?.reason ?? reason?.text;
  return (
    <tr data-testid={`tenant-row-${release.tenant}`}>
      <th scope="row" data-label="Tenant">
        <Link to={releasePath(release.tenant)} title={release.displayName}>
          {release.tenant}
        </Link>
      </th>
      {showService && <td data-label="Service">{release.service}</td>}
      <td data-label="Tier">{release.tier}</td>
      <td data-label="Ring" className={table.number}>
        {release.ring < 0 ? <span title="No tenant file says its ring">-</span> : release.ring}
      </td>
      <td data-label="Desired">
        {release.desired ? (
          <VersionLabel version={release.desired.version} />
        ) : (
          <span title="Git says no version for this tenant">-</span>
        )}
      </td>
      <td data-label="Running">
        <span className={classes.versions}>
          {release.running.map(({ version }) => (
            <VersionLabel key={version} version={version} />
          ))}
          {release.running.length === 0 && <span title="No pods are known">-</span>}
        </span>
      </td>
      <td data-label="State" className={table.wide}>
        <span
          className={classes.state}
          title={release.reasons.map(({ text }) => text).join('\n') || undefined}
        >
          <StateLabel state={release.state} />
          {stale && (
            <span className={`${table.secondary} ${classes.stale}`}>
              <RiTimeLine size={14} aria-hidden />
              {stale}
            </span>
          )}
          {remark && <span className={`${table.secondary} ${table.cut}`}>{remark}</span>}
        </span>
      </td>
      <td data-label="Since">
        <RelativeTime time={stateSince(release)} unknown="Nobody knows since when" />
      </td>
      <td data-label="Last change" title={release.desired?.pullRequest?.title}>
        <div className={`${table.cut} ${classes.change}`}>
          <LastChange change={release.desired} />
        </div>
      </td>
    </tr>
  );
}
