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
