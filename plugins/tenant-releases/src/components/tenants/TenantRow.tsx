import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { type CSSProperties, memo } from 'react';
import { rowKey } from '../../domain/fleet';
import type { FleetColumn } from '../../domain/fleetColumns';
import { stateSince } from '../../domain/stateSince';
import { RelativeTime } from '../common/RelativeTime';
import { useFromNow } from '../common/useNow';
import { DesiredCell, RowCell, type RowCellProps, RunningCell, TenantLink } from './RowCell';
import { type RowLook, RowReasons, RowState, staleText } from './rowParts';
import type { FleetClasses } from './useFleetStyles';
import type { ShownRow } from './useHeldOrder';

interface TenantRowProps {
  shown: ShownRow;
  /** Place among all rows, from 0. */
  index: number;
  /** Distance from the top of the rows in pixels. */
  start: number;
  /** Least height in pixels. */
  height: number;
  /** Tells how high the row is. */
  measure: (row: HTMLElement | null) => void;
  /** Whether Tab leads into this row. */
  isCurrent: boolean;
  /** `undefined`: the row is a card. */
  columns?: readonly FleetColumn[];
  template?: string;
  sources: readonly SourceStatus[];
  look: RowLook;
}

/** It stays only because somebody is at the rows. */
const Leaving = ({ classes }: { classes: FleetClasses }) => (
  <span className={classes.leaving}>No longer part of this view.</span>
);

interface ShownCells extends RowCellProps {
  isLeaving: boolean;
}

function Cells({ columns, isLeaving, ...cell }: ShownCells & { columns: readonly FleetColumn[] }) {
  const { classes } = cell.look;
  return (
    <>
      {columns.map(({ id, isNumber }) => (
        <div
          key={id}
          role={id === 'tenant' ? 'rowheader' : 'gridcell'}
          className={`${id === 'state' ? classes.reasons : classes.cell} ${
            isNumber ? classes.number : ''
          } ${id === 'tenant' ? classes.tenant : ''}`}
        >
          {id === 'state' && isLeaving && <Leaving classes={classes} />}
          <RowCell column={id} {...cell} />
        </div>
      ))}
    </>
  );
}

function Card({ isLeaving, ...cell }: ShownCells) {
  const { row, sources, look } = cell;
  const { classes } = look;
  const place = [row.environment, row.tier, row.ring >= 0 && (row.ringName ?? `ring ${row.ring}`)]
    .filter(Boolean)
    .join(', ');
  return (
    <>
      <div role="rowheader" className={`${classes.cell} ${classes.tenant} ${classes.cardTenant}`}>
        <TenantLink {...cell} />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardEnd}`}>
        <RowState row={row} look={look} />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardWide}`}>
        <DesiredCell {...cell} />
        <span aria-hidden>→ </span>
        <span className={classes.hidden}>wanted, running: </span>
        <RunningCell {...cell} />
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.secondary}`}>
        {place}
      </div>
      <div role="gridcell" className={`${classes.cell} ${classes.cardEnd} ${classes.secondary}`}>
        <RelativeTime time={stateSince(row)} unknown="Nobody knows since when" isStop={false} />
      </div>
      <div role="gridcell" className={`${classes.reasons} ${classes.cardWide}`}>
        {isLeaving && <Leaving classes={classes} />}
        <RowReasons row={row} stale={staleText(row, sources)} look={look} />
      </div>
    </>
  );
}

/** One release in the table of tenants. */
export const TenantRow = memo((props: TenantRowProps) => {
  const { shown, index, start, height, measure, isCurrent, columns, template, sources, look } =
    props;
  const { row, isLeaving } = shown;
  const { classes } = look;
  // An age in words goes on counting while nothing new is read.
  useFromNow(now => staleText(row, sources, now));
  const cell = { row, isLeaving, sources, look, tabIndex: isCurrent ? 0 : -1 };
  const style: CSSProperties = {
    minHeight: height,
    transform: `translateY(${start}px)`,
    gridTemplateColumns: template,
  };
  return (
    <div
      ref={measure}
      role="row"
      // The first row is that of the headings.
      aria-rowindex={index + 2}
      data-testid={`tenant-row-${row.tenant}`}
      data-index={index}
      data-key={rowKey(row)}
      className={`${classes.row} ${columns ? '' : classes.card} ${isLeaving ? classes.gone : ''}`}
      style={style}
      tabIndex={isCurrent ? 0 : -1}
    >
      {columns ? <Cells {...cell} columns={columns} /> : <Card {...cell} />}
    </div>
  );
});
