import { formatKey } from '../yaml/yamlProblem';
import type { z } from 'zod';
import { finding, type Finding, type Rule } from './finding';
import type { YamlDocument } from '../yaml/readYaml';

/** Something that a document must hold. */
export interface Expectation {
  path: readonly PropertyKey[];
  ok: boolean;
  problem: string;
  cure: string;
}

/** That a value is this and no other. */
export function exactly(
  path: readonly PropertyKey[],
  actual: unknown,
  wanted: string | boolean,
): Expectation {
  return {
    path,
    ok: actual === wanted,
    problem: actual === undefined ? 'is missing' : `must be ${wanted}`,
    cure: `write ${wanted}`,
  };
}

/** That a key is not there, with the reason. */
export function absent(path: readonly PropertyKey[], actual: unknown, reason: string): Expectation {
  return {
    path,
    ok: actual === undefined,
    problem: `must not be set: ${reason}`,
    cure: 'remove it',
  };
}

/** Findings of what does not hold. */
export function unmet(
  rule: Rule,
  file: string,
  document: YamlDocument,
  expectations: readonly Expectation[],
): Finding[] {
  return expectations
    .filter(({ ok }) => !ok)
    .map(({ path, problem, cure }) =>
      finding({ rule, file, ...document.at(path), key: formatKey(path), problem, cure }),
    );
}

/** Findings of a document that is not of the form that it should be. */
export function malformed(
  rule: Rule,
  file: string,
  document: YamlDocument,
  error: z.ZodError,
  what: string,
): Finding[] {
  return error.issues.map(issue =>
    finding({
      rule,
      file,
      ...document.at(issue.path),
      key: formatKey(issue.path),
      problem: `is not that of ${what}: ${issue.message}`,
      cure: `compare it with the file of another tenant`,
    }),
  );
}
