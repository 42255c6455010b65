import { useCallback, useMemo, useReducer, useRef } from 'react';
import { type FleetRow, rowKey, rowsByKey } from '../../domain/fleet';
import { holdOrder } from '../../domain/heldOrder';

/** A row on the screen. */
export interface ShownRow {
  key: string;
  row: FleetRow;
  /** It does not belong to the view any more and goes as soon as nobody points at the table. */
  isLeaving: boolean;
}

interface HeldRows {
  rows: readonly ShownRow[];
  /** How many rows would come, go or move. */
  changes: number;
  /** Lets them. */
  apply: () => void;
}

/**
 * The rows of a view in an order that stands still while somebody is at them; what they say goes on changing.
 *
 * @param wanted - rows that belong to the view, in its order
 * @param all - every row there is
 * @param view - another text is another view, whose order is not held
 */
export function useHeldOrder(
  wanted: readonly FleetRow[],
  all: readonly FleetRow[],
  view: string,
  isHeld: boolean,
): HeldRows {
  const shown = useRef<{ view: string; rows: readonly ShownRow[] }>();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const apply = useCallback(() => {
    shown.current = undefined;
    redraw();
  }, []);
  const wantedRows = useMemo(
    () => wanted.map(row => ({ key: rowKey(row), row, isLeaving: false })),
    [wanted],
  );
  const wantedKeys = useMemo(() => wantedRows.map(({ key }) => key), [wantedRows]);
  const before = shown.current?.view === view ? shown.current.rows : undefined;
  const { changes } = holdOrder(
    before?.map(({ key }) => key),
    wantedKeys,
    isHeld,
  );
  const rows = useMemo(() => {
    if (changes === 0 || !before) return wantedRows;
    const belongs = new Set(wantedKeys);
    const now = rowsByKey(all);
    return before.map(({ key, row }) => ({
      key,
      row: now.get(key) ?? row,
      isLeaving: !belongs.has(key),
    }));
    // `before` follows from the others and would make each drawing another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [changes, wantedRows, wantedKeys, all]);
  shown.current = { view, rows };
  return { rows, changes, apply };
}
