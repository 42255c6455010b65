import { TemplateError } from './TemplateError';

/** As Go prints a value: a number of a file is a float64, 1.10 is 1.1 and 20260101 is 2.0260101e+07. https://pkg.go.dev/fmt */
export function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  const size = Math.abs(Number(value));
  if (typeof value !== 'number' || size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** What is true to a Go template. */
export const isTrue = (value: unknown): boolean => !isEmpty(value);

function pick(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, text(key))) {
    return (value as Record<string, unknown>)[text(key)];
  }
  return undefined;
}

/** A name as DNS takes it; https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/ */
export function normalize(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** Functions of Go templates, of Sprig and of Argo CD that templates of Applications use, in their order of arguments. */
const functions: Record<string, (...args: any[]) => unknown> = {
  and: (...all) => all.find(one => isEmpty(one)) ?? all[all.length - 1],
  or: (...all) => all.find(one => !isEmpty(one)) ?? all[all.length - 1],
  not: one => isEmpty(one),
  eq: (one, ...others) => others.some(other => text(one) === text(other)),
  ne: (one, other) => text(one) !== text(other),
  lt: (one, other) => one < other,
  gt: (one, other) => one > other,
  le: (one, other) => one <= other,
  ge: (one, other) => one >= other,
  len: one =>
    Array.isArray(one) || typeof one === 'string' ? one.length : Object.keys(one ?? {}).length,
  index: (value, ...keys) => keys.reduce(pick, value),
  get: pick,
  dig: (...all) => {
    const [value, fallback, ...keys] = [
      all[all.length - 1],
      all[all.length - 2],
      ...all.slice(0, -2),
    ];
    return keys.reduce(pick, value) ?? fallback;
  },
  hasKey: (value, key) => pick(value, key) !== undefined,
  default: (fallback, value) => (isEmpty(value) ? fallback : value),
  coalesce: (...all) => all.find(one => !isEmpty(one)),
  ternary: (yes, no, condition) => (isTrue(condition) ? yes : no),
  empty: isEmpty,
  print: (...all) => all.map(text).join(''),
  printf: (format, ...all) => {
    let next = 0;
    return text(format).replace(/%[sdvq]/g, kind => {
      const value = text(all[next++]);
      return kind === '%q' ? JSON.stringify(value) : value;
    });
  },
  quote: one => JSON.stringify(text(one)),
  squote: one => `'${text(one)}'`,
  toString: text,
  int: one => Math.trunc(Number(one)),
  lower: one => text(one).toLowerCase(),
  upper: one => text(one).toUpperCase(),
  title: one => text(one).replace(/\b\w/g, letter => letter.toUpperCase()),
  trim: one => text(one).trim(),
  trimPrefix: (prefix, one) =>
    text(one).startsWith(prefix) ? text(one).slice(prefix.length) : one,
  trimSuffix: (suffix, one) =>
    text(one).endsWith(suffix) ? text(one).slice(0, -suffix.length) : one,
  trimAll: (cut, one) => {
    const letters = `[${text(cut).replace(/[\]\\^-]/g, '\\$&')}]`;
    return text(one).replace(new RegExp(`^${letters}+|${letters}+$`, 'g'), '');
  },
  replace: (from, to, one) => text(one).replaceAll(from, to),
  contains: (part, one) => text(one).includes(part),
  hasPrefix: (part, one) => text(one).startsWith(part),
  hasSuffix: (part, one) => text(one).endsWith(part),
  split: (by, one) =>
    Object.fromEntries(
      text(one)
        .split(by)
        .map((part, index) => [`_${index}`, part]),
    ),
  splitList: (by, one) => text(one).split(by),
  join: (by, all) => (all as unknown[]).map(text).join(by),
  first: one => one?.[0],
  last: one => one?.[one.length - 1],
  rest: one => one?.slice(1),
  initial: one => one?.slice(0, -1),
  list: (...all) => all,
  dict: (...all) =>
    Object.fromEntries(
      all.flatMap((key, index) => (index % 2 ? [] : [[text(key), all[index + 1]]])),
    ),
  has: (one, all) => (all as unknown[]).includes(one),
  substr: (from, to, one) => text(one).slice(from, to < 0 ? undefined : to),
  trunc: (length, one) => (length < 0 ? text(one).slice(length) : text(one).slice(0, length)),
  add: (...all) => all.reduce((sum, one) => sum + Number(one), 0),
  base: one => text(one).split('/').pop(),
  dir: one => text(one).split('/').slice(0, -1).join('/') || '.',
  normalize: one => normalize(text(one)),
  toYaml: one => JSON.stringify(one),
  toJson: one => JSON.stringify(one),
  indent: (_, one) => one,
  nindent: (_, one) => one,
};

/** Calls a function of a template. @throws TemplateError for one that is not known here */
export function callFunction(name: string, args: unknown[]): unknown {
  if (!Object.hasOwn(functions, name)) {
    throw new TemplateError(`its template calls ${name}, which is not known here`);
  }
  try {
    return functions[name](...args);
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
    throw new TemplateError(`its template calls ${name} with what it does not take`);
  }
}
