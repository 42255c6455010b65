import { Link } from 'react-router-dom';
import { concernLabel } from '../../domain/concernWords';
import type { RowNames } from '../../domain/fleetColumns';
import { describeSkew } from '../../domain/fleetVersions';
import { releasePath } from '../../domain/links';
import type { MatrixColumn, MatrixRow } from '../../domain/matrix';
import { marksOf } from '../../domain/rowMarks';
import { markAppearance } from '../../theme/markAppearance';
import { stateAppearance } from '../../theme/stateAppearance';
import { MatrixMark, type MatrixPresence, presenceText } from './MatrixMark';
import type { MatrixClasses } from './useMatrixStyles';
import { underPointer } from '../common/underPointer';

interface ReleaseRowProps {
  item: MatrixRow;
  columns: readonly MatrixColumn[];
  isNarrow: boolean;
  names: RowNames;
  classes: MatrixClasses;
  mode: 'light' | 'dark';
  tabIndex: number;
}

/** Which version of a column the release has, and how. */
function presenceIn({ row }: MatrixRow, { versions }: MatrixColumn) {
  for (const { version } of versions) {
    const pods = row.running.find(running => running.version === version);
    const runs = pods !== undefined && !pods.neverReady;
    const wants = row.desired?.version === version;
    const presence: MatrixPresence = runs ? 'runs' : 'wants';
    if (pods && !runs) return { version, presence: 'starts' as const };
    if (runs || wants) return { version, presence: runs && wants ? ('both' as const) : presence };
  }
  return undefined;
}

/** A release: what it runs and what Git wants, under the versions. */
export function ReleaseRow(props: ReleaseRowProps) {
  const { item, columns, isNarrow, names, classes, mode, tabIndex } = props;
  const { row, skew } = item;
  const { icon: Icon, label, ...colours } = stateAppearance[row.state];
  const behind = describeSkew(skew);
  return (
    <>
      <div role="rowheader" className={`${classes.name} ${isNarrow ? '' : classes.release}`}>
        <Icon size={14} color={colours[mode]} aria-label={label} role="img" />
        {marksOf(row).map(mark => {
          const { icon: MarkIcon, colours: markColours } = markAppearance[mark];
          return (
            <MarkIcon
              key={mark}
              size={14}
              color={markColours[mode]}
              aria-label={concernLabel(mark)}
              role="img"
            />
          );
        })}
        <Link
          to={releasePath(row.tenant, row.environment)}
          className={classes.link}
          {...underPointer(row.displayName)}
          tabIndex={tabIndex}
        >
          {row.tenant}
        </Link>
        {row.displayName !== row.tenant && (
          <span className={classes.hidden}>{row.displayName}</span>
        )}
        {names.showService && <span className={classes.secondary}>{row.service}</span>}
        {names.showEnvironment && <span className={classes.secondary}>{row.environment}</span>}
      </div>
      {columns.map(column => {
        const found = presenceIn(item, column);
        return (
          <div
            key={column.id}
            role="gridcell"
            className={classes.cell}
            {...underPointer(found && `${found.version}: ${presenceText[found.presence]}`)}
          >
            {found && (
              <>
                <MatrixMark {...found} mode={mode} />
                <span className={classes.hidden}>
                  {found.version}: {presenceText[found.presence]}
                </span>
              </>
            )}
          </div>
        );
      })}
      <div
        role="gridcell"
        className={`${classes.end} ${skew?.behind === 0 ? classes.secondary : ''}`}
        {...underPointer(behind)}
      >
        {isNarrow ? (
          <>
            <span aria-hidden>
              {behind
                .replace(' behind,', ' ·')
                .replace(/ days?/, ' d')
                .replace('under ', '<')}
            </span>
            <span className={classes.hidden}>{behind}</span>
          </>
        ) : (
          behind
        )}
      </div>
    </>
  );
}
