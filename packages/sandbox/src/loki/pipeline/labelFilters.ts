import type { ComparisonOperator, LabelFilter } from '../logql/ast';
import { parseBytes, parseDuration } from '../logql/units';
import type { LabelSet } from './labelSet';
import { compileMatcher } from './matchers';

/** Compares two numbers. */
export const comparisons: Record<ComparisonOperator, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
};

const readers = {
  number: (text: string) =>
    text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text),
  duration: parseDuration,
  bytes: parseBytes,
};

/**
 * Whether a line's labels pass a label filter. A line without the label fails a comparison of
 * numbers; one whose label is no number passes, with an error among its labels, as in Loki.
 */
export function compileLabelFilter(filter: LabelFilter): (labels: LabelSet) => boolean {
  if (filter.kind === 'text') {
    const { name } = filter.matcher;
    const matches = compileMatcher(filter.matcher);
    return labels => matches(labels.get(name) ?? '');
  }
  if (filter.kind === 'join') {
    const left = compileLabelFilter(filter.left);
    const right = compileLabelFilter(filter.right);
    return filter.join === 'and'
      ? labels => left(labels) && right(labels)
      : labels => left(labels) || right(labels);
  }
  const { kind, name, value } = filter;
  const compare = comparisons[filter.operator];
  const read = readers[kind];
  return labels => {
    const text = labels.get(name);
    if (text === undefined) return false;
    const actual = read(text);
    if (actual === undefined) {
      labels.fail('LabelFilterErr', `${JSON.stringify(text)} is not a ${kind}`);
      return true;
    }
    return compare(actual, value);
  };
}
