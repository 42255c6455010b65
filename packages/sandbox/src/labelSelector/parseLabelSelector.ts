import { labelNameProblem, labelValueProblem, LengthUnit } from './validateLabel';

export type { LengthUnit } from './validateLabel';

/** A parsed label selector: whether it takes an object with these labels. */
export type LabelSelector = (labels: Record<string, string> | undefined) => boolean;

type Test = (value: string | undefined) => boolean;

const operators = ['=', '==', '!=', 'in', 'notin', '>', '<'];
const end = "'end of string'";

/** The text's symbols and words, one after the other; empty at the end. */
class Tokens {
  readonly #all: string[];
  #at = 0;

  constructor(text: string) {
    this.#all = text.match(/!=|==|[=!<>(),]|[^\s=!<>(),]+/g) ?? [];
  }

  get peek(): string {
    return this.#all[this.#at] ?? '';
  }

  take(): string {
    const token = this.peek;
    this.#at += 1;
    return token;
  }
}

/**
 * Parses a Kubernetes label selector (`a=b,c!=d,e in (f,g),!h,i`) as k8s.io/apimachinery does, whose words the API server and
 * Argo CD both answer with.
 *
 * @throws Error with those words
 */
export function parseLabelSelector(text: string, unit: LengthUnit): LabelSelector {
  const tokens = new Tokens(text);
  const tests: Array<[key: string, test: Test]> = [];
  while (tokens.peek !== '') {
    if (tokens.peek !== '!' && !isIdentifier(tokens.peek)) {
      throw new Error(`found '${tokens.peek}', expected: !, identifier, or ${end}`);
    }
    tests.push(requirement(tokens, unit));
    const next = tokens.take();
    if (next === '') break;
    if (next !== ',') throw new Error(`found '${next}', expected: ',' or ${end}`);
    if (tokens.peek !== '!' && !isIdentifier(tokens.peek)) {
      throw new Error(`found '${tokens.peek}', expected: identifier after ','`);
    }
  }
  return (labels = {}) =>
    tests.every(([key, test]) => test(Object.hasOwn(labels, key) ? labels[key] : undefined));
}

function isIdentifier(token: string): boolean {
  return token !== '' && !/^[=!<>(),]/.test(token);
}

function unparsable(why: string): Error {
  return new Error(`unable to parse requirement: ${why}`);
}

function requirement(tokens: Tokens, unit: LengthUnit): [string, Test] {
  const isNegated = tokens.peek === '!';
  if (isNegated) tokens.take();
  const key = tokens.take();
  if (!isIdentifier(key)) throw unparsable(`found '${key}', expected: identifier`);
  const problem = labelNameProblem(key, unit);
  if (problem) throw unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${problem}`);
  if (isNegated) return [key, value => value === undefined];
  if (tokens.peek === '' || tokens.peek === ',') return [key, value => value !== undefined];
  const operator = tokens.take();
  if (!operators.includes(operator)) {
    throw unparsable(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
  }
  const isSet = operator === 'in' || operator === 'notin';
  const values = isSet ? setOfValues(tokens) : [exactValue(tokens)];
  checkValues(key, operator, values, unit);
  return [key, testOf(operator, values)];
}

function testOf(operator: string, values: string[]): Test {
  const [wanted] = values;
  switch (operator) {
    case 'in':
      return value => value !== undefined && values.includes(value);
    case 'notin':
      return value => value === undefined || !values.includes(value);
    case '!=':
      return value => value !== wanted;
    case '>':
      return value => Number(value) > Number(wanted);
    case '<':
      return value => Number(value) < Number(wanted);
    default:
      return value => value === wanted;
  }
}

function checkValues(key: string, operator: string, values: string[], unit: LengthUnit): void {
  if (values.length === 0) {
    throw unparsable(
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    );
  }
  values.forEach((value, at) => {
    const text = JSON.stringify(value);
    if ((operator === '>' || operator === '<') && !/^-?\d+$/.test(value)) {
      const rule = "for 'Gt', 'Lt' operators, the value must be an integer";
      throw unparsable(`values[${at}]: Invalid value: ${text}: ${rule}`);
    }
    const problem = labelValueProblem(value, unit);
    if (problem) throw unparsable(`values[${at}][${key}]: Invalid value: ${text}: ${problem}`);
  });
}

function exactValue(tokens: Tokens): string {
  if (tokens.peek === '' || tokens.peek === ',') return '';
  const value = tokens.take();
  if (!isIdentifier(value)) throw unparsable(`found '${value}', expected: identifier`);
  return value;
}

/** The values in parentheses, sorted; a comma without a value beside it stands for the empty one. */
function setOfValues(tokens: Tokens): string[] {
  const open = tokens.take();
  if (open !== '(') throw unparsable(`found '${open}', expected: '('`);
  if (tokens.peek !== ')' && tokens.peek !== ',' && !isIdentifier(tokens.peek)) {
    throw unparsable(`found '${tokens.peek}', expected: ',', ')' or identifier`);
  }
  const values = new Set<string>();
  while (tokens.peek !== ')') {
    const token = tokens.take();
    if (isIdentifier(token)) {
      values.add(token);
      if (tokens.peek !== ',' && tokens.peek !== ')') {
        throw unparsable(`found '${tokens.peek}', expected: ',' or ')'`);
      }
    } else if (token === ',') {
      if (values.size === 0 || tokens.peek === ')' || tokens.peek === ',') values.add('');
    } else {
      throw unparsable(`found '${token}', expected: ',', or identifier`);
    }
  }
  tokens.take();
  return [...values].sort();
}
