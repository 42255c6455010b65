import { percent } from '@internal/plugin-tenant-releases-common';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { withAlpha } from '../../domain/colour';
import type { MatrixColumn, MatrixRing } from '../../domain/matrix';
import { formatCount } from '../../domain/formatCount';
import { useVersionColours } from '../common/useVersionOrder';
import type { MatrixClasses } from './useMatrixStyles';

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
        return (
          <div
            key={id}
            role="gridcell"
            className={classes.cell}
            title={`${formatCount(count)} of ${formatCount(releases)} in ${name} run ${what}`}
          >
            {count > 0 && (
              <span
                className={classes.heat}
                // Never so dark that the number on it would be hard to read.
                style={{ background: withAlpha(colours[index], 0.1 + 0.3 * (count / releases)) }}
              >
                {formatCount(count)}
              </span>
            )}
          </div>
        );
      })}
      <div
        role="gridcell"
        className={`${classes.end} ${classes.secondary}`}
        title={`${formatCount(newest)} of ${formatCount(releases)} run the newest version`}
      >
        {percent(newest / releases)}
        {!isNarrow && ' on the newest'}
      </div>
    </>
  );
}
