import type { Stage } from '../logql/ast';
import { compileRegularExpression } from '../logql/regularExpression';

/** Whether a line passes a line filter. A negated one wants none of its alternatives. */
export function compileLineFilter(
  filter: Extract<Stage, { kind: 'line' }>,
): (line: string) => boolean {
  const { operator, alternatives } = filter;
  const contains =
    operator === '|=' || operator === '!='
      ? alternatives.map(text => (line: string) => line.includes(text))
      : alternatives.map(pattern => {
          const expression = compileRegularExpression(pattern, false);
          return (line: string) => expression.test(line);
        });
  const any = (line: string) => contains.some(each => each(line));
  return operator.startsWith('!') ? line => !any(line) : any;
}
