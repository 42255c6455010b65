import type { z } from 'zod';
import { encryptedProblem, isEncrypted, sopsKey } from './encrypted';
import { shorten } from '../text/shorten';
import type { TenantValueProblem } from './tenantFile';
import { ambiguity, notText } from '../yaml/ambiguity';
import type { YamlDocument } from '../yaml/readYaml';
import { typeName } from '../yaml/typeName';
import { formatKey, type PlacedProblem } from '../yaml/yamlProblem';

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

/** What sops has encrypted as one text, as it does with a file that it does not take for YAML. */
const wholeFile: TenantValueProblem = {
  path: [],
  rule: 'encrypted',
  problem: 'is encrypted with sops as a whole',
  cure: 'leave tenant and image in clear (encrypted_regex), and encrypt the file anew as YAML',
};

/** Keys that the portal reads, and that sops has encrypted; the version first. */
export function encryptedProblems(value: unknown): TenantValueProblem[] {
  const has = (key: string) => valueAt(value, [key]) !== undefined;
  if (has(sopsKey) && !has('tenant') && !has('image')) return [wholeFile];
  const paths: PropertyKey[][] = [
    ['image', 'tag'],
    ['image', 'repository'],
    ['image', 'digest'],
    ['service'],
    ['service', 'name'],
    ...leavesOf(valueAt(value, ['tenant'])).map(path => ['tenant', ...path]),
  ];
  return paths
    .filter(path => isEncrypted(valueAt(value, path)))
    .map(path => {
      const { rule, problem, cure } = encryptedProblem(path);
      return { path, rule, problem, cure };
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

/** What belongs where, for people. */
const meanings: Readonly<Record<string, string>> = {
  tenant: 'a block with name, displayName, owner, tier, ring and contact',
  'tenant.name': "the name that the file's name says",
  'tenant.displayName': 'the tenant as people call it',
  'tenant.owner': 'a group such as group:default/tenant-a-owners',
  'tenant.ring': 'a whole number from 0 to 9',
  'tenant.contact': 'an e-mail address such as ops@example.com',
  'tenant.hold': 'a block with version, reason, by and since',
  'tenant.hold.version': 'the image tag that image.tag has',
  'tenant.hold.reason': 'why, for people',
  'tenant.hold.by': 'an entity reference such as user:default/ada',
  'tenant.hold.since': 'an instant such as 2026-11-23T10:00:00Z',
  image: 'a block with repository and tag',
  'image.repository': 'a repository such as ghcr.io/acme/demo-api',
  'image.tag': 'an image tag such as sha-1a2b3c4',
  service: 'a block with the name of the service, such as { name: demo-api }',
  'service.name': 'a name such as demo-api',
};

/** What zod says of a value, in words that name the cure; one for each key that is too many. */
export function wordsOf(issue: z.core.$ZodIssue, value: unknown): TenantValueProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      path: [...path, key],
      rule: 'unknown-key',
      problem: 'is not a key that belongs here',
      cure: 'remove it',
    }));
  }
  const is = valueAt(value, path);
  const meaning = meanings[formatKey(path)];
  const one = (problem: string, cure: string): TenantValueProblem[] => [
    { path, rule: 'schema', problem, cure },
  ];
  if (is === undefined) return one('is missing', `add ${meaning ?? 'it'}`);
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = typeNames[issue.expected] ?? `a ${issue.expected}`;
      const problem = `must be ${wanted}, but is ${typeName(is)}`;
      if (typeof is === 'number' && issue.expected === 'int') {
        return one(`is ${is}, but ${issue.message}`, `write ${meaning ?? wanted}`);
      }
      const isScalar = is !== null && typeof is !== 'object';
      if (issue.expected === 'string' && isScalar) return one(problem, 'put it in quotes');
      return one(problem, `write ${meaning ?? wanted}`);
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const problem = `is ${shown(is)}, but must be one of ${values.join(', ')}`;
      return one(problem, `write ${values.join(' or ')}`);
    }
    case 'invalid_format':
      return one(`is ${shown(is)}, but ${issue.message}`, `write ${meaning ?? 'another value'}`);
    case 'too_small':
    case 'too_big':
      if (issue.origin === 'string') break;
      return one(`is ${shown(is)}, but must be a number from 0 to 9`, 'write one of these');
    case 'custom':
      if (typeof issue.params?.cure === 'string') return one(issue.message, issue.params.cure);
      break;
    default:
  }
  const problem = issue.message;
  return one(problem, meaning === undefined ? 'correct the value' : `write ${meaning}`);
}

/** A value of a block that everybody may see, in quotes and shortened. */
function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(shorten(value, 60)) : String(value);
}
