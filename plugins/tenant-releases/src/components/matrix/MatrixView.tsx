import { useTheme } from '@material-ui/core/styles';
import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { useVersions } from '../../api/useReleases';
import type { RowNames } from '../../domain/fleetColumns';
import type { FleetRow } from '../../domain/fleet';
import { fleetVersions } from '../../domain/fleetVersions';
import { releasePath } from '../../domain/links';
import { matrixColumns, matrixItems, sortForMatrix } from '../../domain/matrix';
import { usePageRows } from '../common/usePageRows';
import { useWidth } from '../common/useWidth';
import { OrderPill } from '../tenants/OrderPill';
import { useGridFocus } from '../tenants/useGridFocus';
import { useHeldOrder } from '../tenants/useHeldOrder';
import { MatrixHead } from './MatrixHead';
import { MatrixItem } from './MatrixItem';
import { MatrixLegend } from './MatrixLegend';
import { useMatrixStyles } from './useMatrixStyles';
import { useOpenRings } from './useOpenRings';

interface MatrixViewProps {
  /** The rows of the view. */
  rows: readonly FleetRow[];
  /** Every row there is: they tell which versions there are. */
  all: readonly FleetRow[];
  /** Names the view: while it stays the same, rows do not jump from under the pointer. */
  view: string;
  names: RowNames;
  version?: string;
  onVersion: (version: string | undefined) => void;
}

const heights = { row: 34, head: 47 };

/** Widths in pixels of the columns, and how many versions there is room for. */
function layoutFor(width: number) {
  const isNarrow = width < 640;
  const sizes = isNarrow
    ? { name: 128, end: 76, version: 34 }
    : { name: 210, end: 150, version: 72 };
  const room = Math.floor((width - 16 - sizes.name - sizes.end) / sizes.version);
  return { isNarrow, sizes, room: Math.max(2, Math.min(room, 16)) };
}

/** Tenants down, versions across: who is how far behind, at a glance. */
export function MatrixView(props: MatrixViewProps) {
  const { rows: wanted, all, view, names, version, onVersion } = props;
  const classes = useMatrixStyles();
  const mode = useTheme().palette.type;
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { isNarrow, sizes, room } = layoutFor(useWidth(grid));
  const known = useVersions().data;
  const versions = useMemo(() => fleetVersions(all, known), [all, known]);
  const columns = useMemo(() => matrixColumns(versions, room), [versions, room]);
  const template = `${sizes.name}px repeat(${columns.length}, minmax(0, 1fr)) ${sizes.end}px`;
  const sorted = useMemo(() => sortForMatrix(wanted, versions), [wanted, versions]);
  const rings = useMemo(() => [...new Set(wanted.map(({ ring }) => ring))], [wanted]);
  const { open, toggle } = useOpenRings(rings, wanted.length);
  const navigate = useNavigate();

  // What reveals a row and what a row is follow from the order, which follows from who is at the rows.
  const order = useRef<{
    items: ReturnType<typeof matrixItems>;
    reveal: (index: number) => void;
  }>();
  const focus = useGridFocus({
    count: order.current?.items.length ?? rings.length,
    body,
    reveal: useCallback(index => order.current?.reveal(index), []),
    onOpen: index => {
      const item = order.current?.items[index];
      if (item?.kind === 'ring') toggle(item.ring);
      if (item?.kind === 'release') navigate(releasePath(item.row.tenant, item.row.environment));
    },
  });
  const { rows, changes, apply } = useHeldOrder(sorted, all, view, focus.isHeld);
  const items = useMemo(
    () => matrixItems(rows, versions, columns, ring => open.has(ring)),
    [rows, versions, columns, open],
  );
  const virtualizer = usePageRows({
    count: items.length,
    height: heights.row,
    keyOf: useCallback((index: number) => items[index]?.key ?? String(index), [items]),
    body,
    headHeight: heights.head,
    kept: focus.isFocused ? focus.current : undefined,
  });
  order.current = { items, reveal: index => virtualizer.scrollToIndex(index, { align: 'auto' }) };

  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[focus.current];
    const opens = item?.kind === 'ring' && item.isOpen === (event.key === 'ArrowLeft');
    if (opens && /^Arrow(?:Left|Right)$/.test(event.key)) toggle(item.ring);
    else focus.handlers.onKeyDown(event);
  };
  const shared = { columns, template, isNarrow, classes, mode };
  return (
    <div className={classes.root} {...{ ...focus.handlers, onKeyDown }}>
      <MatrixLegend version={columns[0]?.versions[0].version ?? ''} classes={classes} mode={mode} />
      <div
        ref={grid}
        role="treegrid"
        aria-label="Tenants and versions"
        aria-rowcount={items.length + 1}
        aria-colcount={columns.length + 2}
        className={classes.grid}
      >
        <MatrixHead {...shared} selected={version} onSelect={onVersion} />
        <div
          ref={body}
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ key, index, start, size }) => (
            <MatrixItem
              key={key}
              item={items[index]}
              index={index}
              start={start - virtualizer.options.scrollMargin}
              height={size}
              isCurrent={index === focus.current}
              names={names}
              onToggle={toggle}
              {...shared}
            />
          ))}
        </div>
      </div>
      <OrderPill changes={changes} onApply={apply} />
    </div>
  );
}
