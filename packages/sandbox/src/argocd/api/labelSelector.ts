/** A parsed label selector: whether it takes an object with these labels. */
export type LabelSelector = (labels: Record<string, string> | undefined) => boolean;

type Test = (value: string | undefined) => boolean;

const operators = ['=', '==', '!=', 'in', 'notin', '>', '<'];
const end = "'end of string'";

/**
 * Parses a Kubernetes label selector (`a=b,c!=d,e in (f,g),!h,i`).
 * @throws Error with the words of k8s.io/apimachinery's parser.
 */
export function parseLabelSelector(text: string): LabelSelector {
  const tokens = tokenize(text);
  const tests: Array<[key: string, test: Test]> = [];
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const take = () => tokens[at++] ?? '';
  while (peek() !== '') {
    if (peek() !== '!' && !isIdentifier(peek())) {
      throw new Error(`found '${peek()}', expected: !, identifier, or ${end}`);
    }
    tests.push(parseRequirement(peek, take));
    const next = take();
    if (next === '') break;
    if (next !== ',') throw new Error(`found '${next}', expected: ',' or ${end}`);
    if (peek() !== '!' && !isIdentifier(peek())) {
      throw new Error(`found '${peek()}', expected: identifier after ','`);
    }
  }
  return labels => tests.every(([key, test]) => test(labels?.[key]));
}

function parseRequirement(peek: () => string, take: () => string): [string, Test] {
  const negated = peek() === '!';
  if (negated) take();
  const key = take();
  if (!isIdentifier(key)) {
    throw new Error(`unable to parse requirement: found '${key}', expected: identifier`);
  }
  if (negated) return [key, value => value === undefined];
  if (peek() === '' || peek() === ',') return [key, value => value !== undefined];
  const operator = take();
  if (operator === 'in' || operator === 'notin') {
    const values = parseValues(take);
    return operator === 'in'
      ? [key, value => value !== undefined && values.includes(value)]
      : [key, value => value === undefined || !values.includes(value)];
  }
  if (!operators.includes(operator)) {
    throw new Error(
      `unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
    );
  }
  const wanted = peek() === '' || peek() === ',' ? '' : take();
  if (wanted !== '' && !isIdentifier(wanted)) {
    throw new Error(`unable to parse requirement: found '${wanted}', expected: identifier`);
  }
  if (operator === '!=') return [key, value => value !== wanted];
  if (operator === '>') return [key, value => Number(value) > Number(wanted)];
  if (operator === '<') return [key, value => Number(value) < Number(wanted)];
  return [key, value => value === wanted];
}

function parseValues(take: () => string): string[] {
  const open = take();
  if (open !== '(') throw new Error(`unable to parse requirement: found '${open}', expected: '('`);
  const values: string[] = [];
  for (;;) {
    const token = take();
    if (token === ')') return values;
    if (isIdentifier(token)) values.push(token);
    else if (token !== ',') {
      throw new Error(
        `unable to parse requirement: found '${token}', expected: ',', ')' or identifier`,
      );
    }
  }
}

function tokenize(text: string): string[] {
  return text.match(/!=|==|[=!<>(),]|[^\s=!<>(),]+/g) ?? [];
}

function isIdentifier(token: string): boolean {
  return token !== '' && !/^[=!<>(),]/.test(token);
}
