import { formatKey, type PlacedProblem } from '../yaml/yamlProblem';
import { type YamlDocument } from '../yaml/readYaml';
import type { ErrorObject } from 'ajv';
import { describe } from './describeError';

/** Keywords that only say that something further down is wrong. */
const summaries = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'propertyNames', '$ref']);

/** Turns a schema's complaints into problems with line, key and cure. */
export function schemaProblems(
  document: YamlDocument,
  errors: readonly ErrorObject[],
): PlacedProblem[] {
  // Of a value of the wrong type everything else is said in vain.
  const details = errors
    .filter(({ keyword }) => !summaries.has(keyword))
    .sort((one, other) => Number(other.keyword === 'type') - Number(one.keyword === 'type'));
  const seen = new Set<string>();
  return (details.length > 0 ? details : errors).flatMap(error => {
    const path = pathOf(error);
    const key = formatKey(path);
    const { rule, problem, cure } = describe(error, path);
    // One cure a key: whoever mends it sees what is left at the next check.
    const mark = error.keyword === 'required' || rule === 'unknown-key' ? `${key} ${rule}` : key;
    if (seen.has(mark)) return [];
    seen.add(mark);
    return [{ rule, ...document.at(path), key, problem, cure }];
  });
}

/** Keys that lead to what is wrong, with the one that is missing or too many as the last. */
function pathOf({ instancePath, params, keyword }: ErrorObject): string[] {
  const path = instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  if (keyword === 'required') return [...path, String(params.missingProperty)];
  if (keyword === 'dependencies') return [...path, String(params.missingProperty)];
  if (keyword === 'additionalProperties') return [...path, String(params.additionalProperty)];
  return path;
}
