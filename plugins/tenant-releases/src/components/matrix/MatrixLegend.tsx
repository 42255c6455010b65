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
      <span>
        Versions by when any tenant first had them, the newest on the left; bad ones are struck
        through. “2 behind, 3 days”: two newer versions, the newest 3 days younger.
      </span>
    </p>
  );
}
