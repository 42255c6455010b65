import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { Link } from 'react-router-dom';
import type { FleetRow } from '../../domain/fleet';
import type { ColumnId } from '../../domain/fleetColumns';
import { releasePath } from '../../domain/links';
import { restingReason } from '../../domain/reasons';
import { stateSince } from '../../domain/stateSince';
import { startedVersions } from '../../domain/version';
import { Dash } from '../common/Dash';
import { RelativeTime } from '../common/RelativeTime';
import { RowChange } from './RowChange';
import { type RowLook, RowReasons, RowState, RowVersion, staleText } from './rowParts';
import { underPointer } from '../common/underPointer';

/** What a cell is drawn from. */
export interface RowCellProps {
  row: FleetRow;
  sources: readonly SourceStatus[];
  look: RowLook;
  /** 0 in the row that the keyboard is in, -1 in all others. */
  tabIndex: number;
}

/** The tenant's name, which leads to its Release tab, and beside it what people call the tenant. */
export function TenantLink({ row, look, tabIndex }: RowCellProps) {
  const { tenant, environment, displayName } = row;
  const { classes } = look;
  return (
    <span className={classes.names}>
      <Link to={releasePath(tenant, environment)} className={classes.link} tabIndex={tabIndex}>
        {tenant}
      </Link>
      {displayName !== tenant && (
        // Cut where there is no room, in whatever direction it is written; the whole of it is read out.
        <span className={classes.displayName} dir="auto" {...underPointer(displayName)}>
          {displayName}
        </span>
      )}
    </span>
  );
}

/** The version that Git wants. */
export function DesiredCell({ row, look, tabIndex }: RowCellProps) {
  if (!row.desired) return <Dash why="Git says no version for this tenant" />;
  return <RowVersion version={row.desired.version} look={look} tabIndex={tabIndex} />;
}

/** The versions that the pods run. */
export function RunningCell({ row, look, tabIndex }: RowCellProps) {
  const started = startedVersions(row);
  if (started.length === 0 && row.running.length > 0) return <>none yet</>;
  if (started.length === 0) {
    return <Dash why={restingReason(row)?.text ?? 'No pods are known'} />;
  }
  return (
    <>
      {[...new Set(started.map(({ version }) => version))].map(version => (
        <RowVersion key={version} version={version} look={look} tabIndex={tabIndex} />
      ))}
    </>
  );
}

/** What one column says of a release. */
export function RowCell({ column, ...props }: RowCellProps & { column: ColumnId }) {
  const { row, sources, look } = props;
  switch (column) {
    case 'tenant':
      return <TenantLink {...props} />;
    case 'service':
      return <>{row.service}</>;
    case 'environment':
      return row.environment === undefined ? (
        <Dash why="The repository names no environment" />
      ) : (
        <>{row.environment}</>
      );
    case 'tier':
      return <>{row.tier}</>;
    case 'ring':
      return row.ring < 0 ? (
        <Dash why="No tenant file says its ring" />
      ) : (
        <>{row.ringName ?? row.ring}</>
      );
    case 'desired':
      return <DesiredCell {...props} />;
    case 'running':
      return <RunningCell {...props} />;
    case 'state':
      return (
        <>
          <RowState row={row} look={look} />
          <RowReasons row={row} stale={staleText(row, sources)} look={look} />
        </>
      );
    case 'since':
      return (
        <RelativeTime time={stateSince(row)} unknown="Nobody knows since when" isStop={false} />
      );
    default:
      return <RowChange change={row.desired} look={look} tabIndex={props.tabIndex} />;
  }
}
