import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { useTheme } from '@material-ui/core/styles';
import { useCallback, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import type { FleetRow } from '../../domain/fleet';
import { cardWidth, columnsFor, type RowNames, templateOf } from '../../domain/fleetColumns';
import { releasePath } from '../../domain/links';
import { remarkOf } from '../../domain/reasons';
import type { SortKey, TenantFilters } from '../../domain/tenantFilters';
import { usePageRows } from '../common/usePageRows';
import { useWidth } from '../common/useWidth';
import { OrderPill } from './OrderPill';
import { rowClicks } from './rowClicks';
import type { RowLook } from './rowParts';
import { TenantRow } from './TenantRow';
import { TenantsHead } from './TenantsHead';
import { useFleetStyles } from './useFleetStyles';
import { useGridFocus } from './useGridFocus';
import { useHeldOrder } from './useHeldOrder';
import { usePlaceOnReturn } from './usePlaceOnReturn';

const heights = { row: 36, card: 92, head: 33, reasons: 20 };

interface TenantsTableProps {
  /** The rows of the view, in its order. */
  rows: readonly FleetRow[];
  /** Every row there is. */
  all: readonly FleetRow[];
  sources: readonly SourceStatus[];
  filters: TenantFilters;
  /** Names the view: while it stays the same, rows do not jump from under the pointer. */
  view: string;
  /** No further rows are on their way. */
  isWhole: boolean;
  names: RowNames;
  onSort: (sort: SortKey, descending: boolean) => void;
}

/** Releases, one a row, of which only those on the screen are on the page. */
export function TenantsTable(props: TenantsTableProps) {
  const { rows: wanted, all, sources, filters, view, isWhole, names, onSort } = props;
  const classes = useFleetStyles();
  const mode = useTheme().palette.type;
  const look = useMemo<RowLook>(() => ({ classes, mode }), [classes, mode]);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(grid);
  const isCards = width < cardWidth;
  const columns = useMemo(() => columnsFor(width, names), [width, names]);
  const template = templateOf(columns);
  const navigate = useNavigate();

  // What reveals a row and what a row is follow from the order, which follows from who is at the rows.
  const order = useRef<{
    rows: ReturnType<typeof useHeldOrder>['rows'];
    reveal: (i: number) => void;
  }>();
  const open = (index: number) => {
    const shown = order.current?.rows[index];
    if (shown) navigate(releasePath(shown.row.tenant, shown.row.environment));
  };
  const focus = useGridFocus({
    count: order.current?.rows.length ?? wanted.length,
    body,
    reveal: useCallback(index => order.current?.reveal(index), []),
    onOpen: open,
  });
  const { rows, changes, apply } = useHeldOrder(wanted, all, view, focus.isHeld);
  const height = isCards ? heights.card : heights.row;
  const virtualizer = usePageRows({
    count: rows.length,
    height,
    guessHeight: index => height + (remarkOf(rows[index].row) ? heights.reasons : 0),
    keyOf: useCallback((index: number) => rows[index]?.key ?? String(index), [rows]),
    body,
    headHeight: isCards ? 0 : heights.head,
    kept: focus.isFocused ? focus.current : undefined,
  });
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  usePlaceOnReturn(body, keys, isWhole, focus.focusRow);
  order.current = { rows, reveal: index => virtualizer.scrollToIndex(index, { align: 'auto' }) };

  return (
    <div {...focus.handlers} {...rowClicks(open)}>
      <div
        ref={grid}
        role="grid"
        aria-label="Tenants"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        className={classes.grid}
      >
        {!isCards && <TenantsHead {...{ columns, template, filters, onSort, classes }} />}
        <div
          ref={body}
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ key, index, start }) => (
            <TenantRow
              key={key}
              shown={rows[index]}
              index={index}
              start={start - virtualizer.options.scrollMargin}
              height={height}
              measure={virtualizer.measureElement}
              isCurrent={index === focus.current}
              columns={isCards ? undefined : columns}
              template={isCards ? undefined : template}
              sources={sources}
              look={look}
            />
          ))}
        </div>
      </div>
      <OrderPill changes={changes} onApply={apply} />
    </div>
  );
}
