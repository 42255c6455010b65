import { createHash } from 'node:crypto';
import {
  changeRequestSchema,
  readInstant,
  type ChangeRequest,
} from '@internal/plugin-tenant-releases-common';
import type { z } from 'zod';
import { nearest } from '../tenantFile/nearest';
import { shorten } from '../text/shorten';
import { formatKey } from '../yaml/yamlProblem';
import { InvalidChange } from './ChangeRefusal';

/**
 * Reads what somebody wants to change.
 *
 * @param value - JSON of a request, or what an operator gave as flags
 * @throws InvalidChange which names the first wrong field, and says of the others too
 */
export function readChangeRequest(value: unknown): ChangeRequest {
  const parsed = changeRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.flatMap(problemsOf).slice(0, 10);
  const more = others.map(({ field, problem }) => `; ${field}: ${problem}`).join('');
  throw new InvalidChange(first.field, `${first.problem}${more}`);
}

function problemsOf(issue: z.core.$ZodIssue): Array<{ field: string; problem: string }> {
  if (issue.code !== 'unrecognized_keys') {
    const field = issue.path.length === 0 ? 'request' : formatKey(issue.path);
    return [{ field, problem: issue.message }];
  }
  const known =
    issue.path[0] === 'set'
      ? ['tier', 'ring', 'owner', 'contact', 'displayName']
      : Object.keys(changeRequestSchema.shape);
  return issue.keys.map(key => {
    const close = nearest(key, known);
    const meant = close === undefined ? '' : `; did you mean ${close}?`;
    const field = formatKey([...issue.path, shorten(key, 60)]);
    return { field, problem: `is not a field of a change: leave it out${meant}` };
  });
}

/**
 * What a request means, as a short text: the same for two requests that want the same, whoever asks and in whatever order.
 *
 * @param service - the one that is meant where the request names none
 */
export function fingerprintOfRequest(request: ChangeRequest, service?: string): string {
  const { dryRun: _, timeZone, from, until, hold, onePullRequest, ...rest } = request;
  const meaning = {
    ...rest,
    service: request.service ?? service,
    tenants: sorted(request.tenants),
    tiers: sorted(request.tiers),
    rings: sorted(request.rings),
    environments: sorted(request.environments),
    from: instantOf(from, timeZone),
    until: instantOf(until, timeZone),
    hold: hold === false ? false : undefined,
    onePullRequest: onePullRequest === true ? true : undefined,
  };
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 12);
}

function sorted<T extends string | number>(values: readonly T[] | undefined): T[] | undefined {
  return values && [...new Set(values)].sort();
}

function instantOf(text: string | undefined, timeZone: string | undefined): string | undefined {
  const read = text === undefined ? undefined : readInstant(text, timeZone);
  return read && 'instant' in read ? read.instant.toISOString() : undefined;
}

/** JSON with keys in order; what is undefined is left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`)
    .join(',')}}`;
}
