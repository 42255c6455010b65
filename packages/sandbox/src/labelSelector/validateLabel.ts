/** What the length of a label is counted in, in the words of the library's version: Kubernetes 1.36 says bytes, Argo CD 3.2 characters. */
export type LengthUnit = 'bytes' | 'characters';

const longestName = 63;
const longestPrefix = 253;

const part = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const namePattern = new RegExp(`^${part}$`);
const valuePattern = new RegExp(`^(${part})?$`);
const domainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const nameRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${part}')`;
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${part})?')`;
const domainRule =
  "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/**
 * What is wrong with the name of a label, in the words of k8s.io/apimachinery; undefined when nothing is.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function labelNameProblem(key: string, unit: LengthUnit): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix === '') return 'prefix part must be non-empty';
  if (prefix !== undefined && prefix.length > longestPrefix) {
    return `prefix part must be no more than ${longestPrefix} ${unit}`;
  }
  if (prefix !== undefined && !domainPattern.test(prefix)) return domainRule;
  if (name === '') return 'name part must be non-empty';
  if (name.length > longestName) return `name part must be no more than ${longestName} ${unit}`;
  return namePattern.test(name) ? undefined : nameRule;
}

/** The same for the value of a label. */
export function labelValueProblem(value: string, unit: LengthUnit): string | undefined {
  if (value.length > longestName) return `must be no more than ${longestName} ${unit}`;
  return valuePattern.test(value) ? undefined : valueRule;
}
