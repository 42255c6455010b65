import type { Config } from '@backstage/config';
import type { z } from 'zod';

/** A setting of the expected shape, or one line that names the key and the cure. */
export type ParsedSetting<T> = { value: T } | { problem: string };

/**
 * Parses a value from the configuration.
 *
 * @param key - the path of the value, for the message
 */
export function parseSetting<T>(
  key: string,
  value: unknown,
  schema: z.ZodType<T>,
): ParsedSetting<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const issue = meantIssue(parsed.error.issues[0]);
  const path = issue.path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const what = issue.message.replace(/^Invalid input: /, '');
  return { problem: `${key}${path} has the wrong type: ${what}; correct it` };
}

/** Of a value that may have several forms, what is wrong with it in the form that was meant. */
function meantIssue(issue: z.core.$ZodIssue): Pick<z.core.$ZodIssue, 'message' | 'path'> {
  if (issue.code !== 'invalid_union') return issue;
  const isMeant = ({ code, path }: z.core.$ZodIssue) => code !== 'invalid_type' || path.length > 0;
  const inner = issue.errors.map(([first]) => first).find(isMeant);
  return inner ? { ...meantIssue(inner), path: [...issue.path, ...inner.path] } : issue;
}

/** Reads and parses an optional setting; the schema decides about one that is absent. */
export function readSetting<T>(
  config: Config,
  key: string,
  schema: z.ZodType<T>,
): ParsedSetting<T> {
  let value: unknown;
  try {
    value = config.getOptional(key);
  } catch {
    // A block above is no block: "argocd: text".
    return { problem: `${key} cannot be read, because a key above it holds no keys; correct it` };
  }
  return parseSetting(key, value, schema);
}

/** The name of an item of a list, whatever else is wrong with it. */
export function nameOf(item: unknown, fallback: string): string {
  const name = (item as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : fallback;
}
