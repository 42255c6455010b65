import { sourceAuthor, sourceTitle } from '../../domain/changeText';
import type { MatrixColumn } from '../../domain/matrix';
import { formatDuration, formatExact } from '../../domain/time';
import { shortVersion } from '../../domain/version';
import { Hint } from '../common/Hint';
import { useNow } from '../common/useNow';
import { VersionGlyph } from '../common/VersionMark';
import type { MatrixClasses } from './useMatrixStyles';

interface MatrixHeadProps {
  columns: readonly MatrixColumn[];
  template: string;
  /** Columns are too narrow for a version's name. */
  isNarrow: boolean;
  classes: MatrixClasses;
  mode: 'light' | 'dark';
  /** The version that the view is narrowed to. */
  selected?: string;
  onSelect: (version: string | undefined) => void;
}

function titleOf({ versions }: MatrixColumn): string {
  if (versions.length > 1) return `${versions.length} older versions`;
  const [{ version, firstSeen, author, pullRequest, source, running, bad }] = versions;
  const seen =
    firstSeen === undefined
      ? 'not known when it was first seen'
      : `first seen ${formatExact(firstSeen)}`;
  const built = source && [sourceTitle(source), sourceAuthor(source)].filter(Boolean).join(', by ');
  const change = [author, pullRequest && `#${pullRequest.number} ${pullRequest.title}`];
  const lines = [version, bad, built, change.filter(Boolean).join(' · '), seen];
  return [...lines.filter(Boolean), `${running} run it`].join('\n');
}

/** Versions, the newest on the left, with their age. Pressing one shows only its tenants. */
export function MatrixHead(props: MatrixHeadProps) {
  const { columns, template, isNarrow, classes, mode, selected, onSelect } = props;
  const now = useNow(60_000);
  return (
    <div role="rowgroup" className={classes.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={`${classes.line} ${classes.headLine}`}
        style={{ gridTemplateColumns: template }}
      >
        <div role="columnheader" className={`${classes.headCell} ${classes.headName}`}>
          Ring, tenant
        </div>
        {columns.map(column => {
          const [{ version, firstSeen, bad }] = column.versions;
          const isOne = column.versions.length === 1;
          const age = firstSeen === undefined ? '-' : formatDuration((now - firstSeen) / 1000);
          return (
            <div key={column.id} role="columnheader">
              {isOne ? (
                <Hint text={titleOf(column)} isStop={false}>
                  <button
                    type="button"
                    className={`${classes.headCell} ${classes.headButton}`}
                    aria-pressed={selected === version}
                    onClick={() => onSelect(selected === version ? undefined : version)}
                  >
                    <span className={`${classes.version} ${bad ? classes.bad : ''}`}>
                      <VersionGlyph version={version} mode={mode} />
                      <span className={isNarrow ? classes.hidden : undefined}>
                        {shortVersion(version).replace(/^sha-/, '')}
                      </span>
                    </span>
                    <span>{age}</span>
                    {bad && <span className={classes.hidden}>bad</span>}
                  </button>
                </Hint>
              ) : (
                <Hint
                  text={titleOf(column)}
                  className={`${classes.headCell} ${classes.headButton}`}
                >
                  <span>older</span>
                  {column.versions.length}
                </Hint>
              )}
            </div>
          );
        })}
        <div role="columnheader" className={`${classes.headCell} ${classes.headEnd}`}>
          Behind
        </div>
      </div>
    </div>
  );
}
