import { percent } from '@internal/plugin-tenant-releases-common';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { withAlpha } from '../../domain/colour';
import type { MatrixColumn, MatrixRing } from '../../domain/matrix';
import { formatCount } from '../../domain/formatCount';
import { useVersionColours } from '../common/useVersionOrder';
import type { MatrixClasses } from './useMatrixStyles';
import { underPointer } from '../common/underPointer';

interface RingRowProps {
  ring: MatrixRing;
  columns: readonly MatrixColumn[];
  isNarrow: boolean;
  classes: MatrixClasses;
  mode: 'light' | 'dark';
  tabIndex: number;
  onToggle: () => void;
}

/** A ring: how many of its releases run each version, darker where there are more. */
export function RingRow(props: RingRowProps) {
  const { ring, columns, isNarrow, classes, mode, tabIndex, onToggle } = props;
  const { name, releases, running, newest, isOpen } = ring;
  const onNewest = `${formatCount(newest)} of ${formatCount(releases)} run the newest version`;
  const Arrow = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
  const colours = useVersionColours(
    columns.map(({ versions }) => versions[0].version),
    mode,
  );
  return (
    <>
      <div role="rowheader" className={classes.name}>
        <button type="button" className={classes.ring} tabIndex={tabIndex} onClick={onToggle}>
          <Arrow size={16} aria-hidden />
          <span className={classes.text}>{isNarrow ? name.replace(/,.*/, '') : name}</span>
          <span className={classes.secondary}>{formatCount(releases)}</span>
        </button>
      </div>
      {columns.map(({ id, versions }, index) => {
        const count = running.get(id) ?? 0;
        const what = versions.length === 1 ? versions[0].version : 'older versions';
        const text = `${formatCount(count)} of ${formatCount(releases)} in ${name} run ${what}`;
        return (
          <div
            key={id}
            role="gridcell"
            className={classes.cell}
            {...underPointer(count > 0 ? text : undefined)}
          >
            {count > 0 && (
              <span
                className={classes.heat}
                // Never so dark that the number on it would be hard to read.
                style={{ background: withAlpha(colours[index], 0.1 + 0.3 * (count / releases)) }}
              >
                <span aria-hidden>{formatCount(count)}</span>
                <span className={classes.hidden}>{text}</span>
              </span>
            )}
          </div>
        );
      })}
      <div
        role="gridcell"
        className={`${classes.end} ${classes.secondary}`}
        {...underPointer(onNewest)}
      >
        <span aria-hidden>
          {percent(newest / releases)}
          {!isNarrow && ' on the newest'}
        </span>
        <span className={classes.hidden}>{onNewest}</span>
      </div>
    </>
  );
}
