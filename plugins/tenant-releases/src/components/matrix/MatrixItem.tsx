import { memo } from 'react';
import type { RowNames } from '../../domain/fleetColumns';
import type { MatrixColumn, MatrixRing, MatrixRow } from '../../domain/matrix';
import { ReleaseRow } from './ReleaseRow';
import { RingRow } from './RingRow';
import type { MatrixClasses } from './useMatrixStyles';

interface MatrixItemProps {
  item: MatrixRing | MatrixRow;
  /** Place among all rows, from 0. */
  index: number;
  /** Distance from the top of the rows, and height, in pixels. */
  start: number;
  height: number;
  /** Whether Tab leads into this row. */
  isCurrent: boolean;
  columns: readonly MatrixColumn[];
  template: string;
  isNarrow: boolean;
  names: RowNames;
  classes: MatrixClasses;
  mode: 'light' | 'dark';
  onToggle: (ring: number) => void;
}

/** A row of the matrix: a ring or a release. */
export const MatrixItem = memo((props: MatrixItemProps) => {
  const { item, index, start, height, isCurrent, template, names, onToggle, ...rest } = props;
  const { columns, isNarrow, classes, mode } = rest;
  const shared = { columns, isNarrow, classes, mode, tabIndex: isCurrent ? 0 : -1 };
  return (
    <div
      role="row"
      aria-level={item.kind === 'ring' ? 1 : 2}
      aria-expanded={item.kind === 'ring' ? item.isOpen : undefined}
      // The first row is that of the headings.
      aria-rowindex={index + 2}
      data-index={index}
      data-testid={`matrix-${item.key}`}
      className={`${classes.line} ${classes.row}`}
      style={{ height, transform: `translateY(${start}px)`, gridTemplateColumns: template }}
      tabIndex={isCurrent ? 0 : -1}
    >
      {item.kind === 'ring' ? (
        <RingRow ring={item} onToggle={() => onToggle(item.ring)} {...shared} />
      ) : (
        <ReleaseRow item={item} names={names} {...shared} />
      )}
    </div>
  );
});
