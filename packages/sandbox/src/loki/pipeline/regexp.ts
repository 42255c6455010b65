import { compileRegularExpression } from '../logql/regularExpression';
import { labelName, type LabelSet } from './labelSet';

/** Makes labels of the named groups of a pattern's first match. A line without a match passes as it is. */
export function compileRegexp(pattern: string): (line: string, labels: LabelSet) => boolean {
  const expression = compileRegularExpression(pattern, false);
  return (line, labels) => {
    for (const [name, value] of Object.entries(expression.exec(line)?.groups ?? {})) {
      labels.extract(labelName(name), value ?? '');
    }
    return true;
  };
}
