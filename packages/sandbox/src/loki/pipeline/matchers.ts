import type { Matcher } from '../logql/ast';
import { emptySelector } from '../logql/logqlError';
import { compileRegularExpression } from '../logql/regularExpression';
import { labelValue, type Labels } from './labelSet';

/** Whether a label's value matches; an absent label has the value ''. */
export function compileMatcher(matcher: Matcher): (value: string) => boolean {
  const { operator, value: wanted } = matcher;
  if (operator === '=') return value => value === wanted;
  if (operator === '!=') return value => value !== wanted;
  const expression = compileRegularExpression(wanted, true);
  return operator === '=~' ? value => expression.test(value) : value => !expression.test(value);
}

/**
 * Whether a stream's labels match all of a selector.
 *
 * @throws LogqlError when every matcher also matches the absence of its label: such a selector
 * would read everything
 */
export function compileSelector(selector: Matcher[]): (labels: Labels) => boolean {
  const compiled = selector.map(each => ({ name: each.name, matches: compileMatcher(each) }));
  if (compiled.every(({ matches }) => matches(''))) throw emptySelector();
  return labels => compiled.every(({ name, matches }) => matches(labelValue(labels, name) ?? ''));
}
