import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { type CSSProperties, memo } from 'react';
import { rowKey } from '../../domain/fleet';
import type { FleetColumn } from '../../domain/fleetColumns';
import { remarkOf } from '../../domain/reasons';
import { stateSince } from '../../domain/stateSince';
import { RelativeTime } from '../common/RelativeTime';
import { useFromNow } from '../common/useNow';
import { DesiredCell, RowCell, type RowCellProps, RunningCell, TenantLink } from './RowCell';
import { type RowLook, RowState, staleText } from './rowParts';
import type { ShownRow } from './useHeldOrder';

interface TenantRowProps {
  shown: ShownRow;
  /** Place among all rows, from 0. */
  index: number;
  /** Distance from the top of the rows in pixels. */
  start: number;
  height: number;
  /** Whether Tab leads into this row. */
  isCurrent: boolean;
  /** `undefined`: the row is a card. */
  columns?: readonly FleetColumn[];
  template?: string;
  sources: readonly SourceStatus[];
  look: RowLook;
}

/** Everything that is cut off, or has no column, for hovering. */
function titleOf({ shown: { row, isLeaving }, sources }: TenantRowProps): string | undefined {
  const texts = [
    isLeaving && 'No longer part of this view',
    staleText(row, sources),
    ...row.reasons.map(({ text }) => text),
  ];
  return texts.filter(Boolean).join('\n') || undefined;
}

function Cells({ columns, ...cell }: RowCellProps & { columns: readonly FleetColumn[] }) {
  const { classes } = cell.look;
  return (
    <>
      {columns.map(({ id, isNumber }) => (
        <div
          key={id}
          role={id === 'tenant' ? 'rowheader' : 'gridcell'}
          className={`${classes.cell} ${isNumber ? classes.number : ''} ${
            id === 'tenant' ? classes.tenant : ''
          }`}
          title={id === 'change' ? cell.row.desired?.pullRequest?.title : undefined}
        >
          <RowCell column={id} {...cell} />
        </div>
      ))}
    </>
  );
}

function Card(cell: RowCellProps) {
  const { row, sources, look } = cell;
  const { classes } = look;
  const rest = [staleText(row, sources), remarkOf(row)].filter(Boolean).join(' · ');
  const place = [row.tier, row.ring >= 0 && (row.ringName ?? `ring ${row.ring}`)]
    .filter(Boolean)
    .join(', ');
  return (
    <>
      <div role="rowheader" className={`${classes.cell} ${classes.tenant} ${classes.cardTenant}`}>
        <TenantLink {...cell} />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardEnd}`}>
        <RowState row={row} look={look} brief />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardWide}`}>
        <DesiredCell {...cell} />
        <span aria-hidden>→ </span>
        <span className={classes.hidden}>wanted, running: </span>
        <RunningCell {...cell} />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.secondary}`}>
        {rest || `${row.displayName} · ${place}`}
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardEnd} ${classes.secondary}`}>
        <RelativeTime time={stateSince(row)} unknown="Nobody knows since when" />
      </div>
    </>
  );
}

/** One release in the table of tenants. */
export const TenantRow = memo((props: TenantRowProps) => {
  const { shown, index, start, height, isCurrent, columns, template, sources, look } = props;
  const { row, isLeaving } = shown;
  const { classes } = look;
  // An age in words goes on counting while nothing new is read.
  useFromNow(now => staleText(row, sources, now));
  const cell = { row, sources, look, tabIndex: isCurrent ? 0 : -1 };
  const style: CSSProperties = {
    height,
    transform: `translateY(${start}px)`,
    gridTemplateColumns: template,
  };
  return (
    <div
      role="row"
      // The first row is that of the headings.
      aria-rowindex={index + 2}
      data-testid={`tenant-row-${row.tenant}`}
      data-index={index}
      data-key={rowKey(row)}
      className={`${classes.row} ${columns ? '' : classes.card} ${isLeaving ? classes.gone : ''}`}
      style={style}
      tabIndex={isCurrent ? 0 : -1}
      title={titleOf(props)}
    >
      {columns ? <Cells {...cell} columns={columns} /> : <Card {...cell} />}
    </div>
  );
});
