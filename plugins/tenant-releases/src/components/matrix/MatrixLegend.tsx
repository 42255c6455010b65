import { concernLabel } from '../../domain/concernWords';
import { rowMarks } from '../../domain/rowMarks';
import { markAppearance } from '../../theme/markAppearance';
import { MatrixMark, type MatrixPresence } from './MatrixMark';
import type { MatrixClasses } from './useMatrixStyles';

const entries: ReadonlyArray<[MatrixPresence, string]> = [
  ['both', 'runs, as Git wants'],
  ['runs', 'runs, Git wants another'],
  ['wants', 'Git wants it, not running'],
  ['starts', 'its pods were never ready'],
];

/** What the marks mean. */
export function MatrixLegend(props: {
  version: string;
  classes: MatrixClasses;
  mode: 'light' | 'dark';
}) {
  const { version, classes, mode } = props;
  return (
    <p className={classes.legend}>
      {entries.map(([presence, text]) => (
        <span key={presence} className={classes.legendItem}>
          <MatrixMark presence={presence} version={version} mode={mode} />
          {text}
        </span>
      ))}
      {rowMarks.map(mark => {
        const { icon: Icon, colours } = markAppearance[mark];
        return (
          <span key={mark} className={classes.legendItem}>
            <Icon size={14} color={colours[mode]} aria-hidden />
            {concernLabel(mark).toLowerCase()}
          </span>
        );
      })}
      <span>
        Versions by when any tenant first had them, the newest on the left; bad ones are struck
        through. “2 behind, 3 days”: two newer versions, the newest 3 days younger. A ring’s line
        counts the tenants on each version; its last column is how many are on the newest.
      </span>
    </p>
  );
}
