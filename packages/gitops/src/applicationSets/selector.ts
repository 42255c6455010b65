import { entriesAt, itemsAt, stringAt, type Traced } from '../traced/traced';

/** Whether labels meet a selector of Kubernetes. @param label - the value of a label */
export function meetsSelector(
  selector: Traced | undefined,
  label: (name: string) => string | undefined,
): boolean {
  const equal = [...entriesAt(selector, ['matchLabels'])].every(
    ([name, value]) => label(name) === stringAt(value, []),
  );
  return (
    equal &&
    itemsAt(selector, ['matchExpressions']).every(expression => {
      const value = label(stringAt(expression, ['key']) ?? '');
      const values = itemsAt(expression, ['values']).map(item => stringAt(item, []));
      switch (stringAt(expression, ['operator'])) {
        case 'In':
          return values.includes(value);
        case 'NotIn':
          return !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}

/** Whether labels meet a selector as a text: `app=web,tier!=cache,env in (dev, qa),!legacy`. */
export function meetsText(selector: string, label: (name: string) => string | undefined): boolean {
  const terms = selector.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];
  return terms.every(term => {
    const [, not = '', name, operator, value = ''] =
      /^\s*(!?)\s*([^\s=!]+)\s*(==?|!=|in\b|notin\b)?\s*(.*?)\s*$/.exec(term) ?? [];
    if (name === undefined) return false;
    const found = label(name);
    if (operator === undefined) return (found === undefined) === (not === '!');
    const values = value
      .replace(/^\(|\)$/g, '')
      .split(',')
      .map(one => one.trim());
    const isIn = found !== undefined && values.includes(found);
    return operator === '!=' || operator === 'notin' ? !isIn : isIn;
  });
}
