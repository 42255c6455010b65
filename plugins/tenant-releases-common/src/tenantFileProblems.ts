import type { z } from 'zod';
import { encryptedProblem, isEncrypted } from './encrypted';
import type { TenantValueProblem } from './tenantFile';
import { ambiguity, notText } from './yaml/ambiguity';
import type { YamlDocument } from './yaml/readYaml';
import { typeName } from './yaml/typeName';
import { formatKey, type PlacedProblem } from './yaml/yamlProblem';

/** Keys whose value is a version: a text, though it may look like a number, a date or a word that YAML knows. */
const versionKeys = [
  ['image', 'tag'],
  ['tenant', 'hold', 'version'],
];

/** Versions without quotes that YAML takes for something else: of 1.10 it makes 1.1. */
export function versionProblems(document: YamlDocument): PlacedProblem[] {
  return versionKeys.flatMap(path => {
    const source = document.plainAt(path);
    const value = valueAt(document.value, path);
    const found = source === undefined ? undefined : notText(source, value);
    if (source === undefined || !found) return [];
    const rule = ambiguity(source, value) ? 'ambiguous-value' : 'schema';
    return { rule, ...document.at(path), key: formatKey(path), ...found };
  });
}

/** Keys that the portal reads, and that sops has encrypted; the version first. */
export function encryptedProblems(value: unknown): TenantValueProblem[] {
  const paths: PropertyKey[][] = [
    ['image', 'tag'],
    ['image', 'repository'],
    ['image', 'digest'],
    ['service', 'name'],
    ...leavesOf(valueAt(value, ['tenant'])).map(path => ['tenant', ...path]),
  ];
  return paths
    .filter(path => isEncrypted(valueAt(value, path)))
    .map(path => {
      const { rule, problem, cure } = encryptedProblem(path);
      return { path, rule, problem, cure, isOwn: true };
    });
}

function leavesOf(value: unknown): PropertyKey[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child).map(path => [key, ...path]),
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a block of keys',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};

/** What zod says of a value, in words that name the cure; one for each key that is too many. */
export function wordsOf(issue: z.core.$ZodIssue, value: unknown): TenantValueProblem[] {
  const { path } = issue;
  const is = valueAt(value, path);
  const rule = 'schema' as const;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        path: [...path, key],
        rule: 'unknown-key',
        problem: 'is not a key that belongs here',
        cure: 'remove it',
      }));
    case 'invalid_type': {
      if (is === undefined) return [{ path, rule, problem: 'is missing', cure: 'add it' }];
      const wanted = typeNames[issue.expected] ?? `a ${issue.expected}`;
      const cure =
        issue.expected === 'string' && typeof is !== 'object'
          ? 'put it in quotes'
          : `write ${wanted}`;
      return [{ path, rule, problem: `must be ${wanted}, but is ${typeName(is)}`, cure }];
    }
    case 'invalid_value': {
      if (is === undefined) return [{ path, rule, problem: 'is missing', cure: 'add it' }];
      const values = issue.values.map(String);
      const problem = `must be one of ${values.join(', ')}`;
      return [{ path, rule, problem, cure: `write ${values.join(' or ')}` }];
    }
    case 'too_small':
    case 'too_big':
      if (issue.origin === 'string') break;
      return [{ path, rule, problem: 'must be a number from 0 to 9', cure: 'write one of these' }];
    default:
  }
  if (is === undefined) return [{ path, rule, problem: 'is missing', cure: 'add it' }];
  const cure = issue.code === 'custom' ? issue.params?.cure : undefined;
  const problem = issue.message;
  return typeof cure === 'string'
    ? [{ path, rule, problem, cure, isOwn: true }]
    : [{ path, rule, problem, cure: 'correct the value' }];
}
