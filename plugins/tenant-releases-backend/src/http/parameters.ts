import { InputError } from '@backstage/errors';
import {
  logLevels,
  releaseSchema,
  releaseStates,
  sourceLists,
  tenantNamePattern,
} from '@internal/plugin-tenant-releases-common';
import { tenantTiers, versionPattern } from '@internal/gitops';
import type { Request } from 'express';
import { z } from 'zod';

const list = <T>(item: z.ZodType<T, string>, what: string, max = 20) =>
  z
    .string()
    .transform(text => text.split(','))
    .pipe(z.array(item).max(max))
    .optional()
    .describe(`${what}; several with commas between`);

const count = (max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number')
    .default(String(fallback))
    .transform(Number)
    .pipe(z.number().int().min(1).max(max))
    .describe(`1 to ${max}; default ${fallback}`);

const text = (max: number) => z.string().min(1).max(max);
const time = text(40).optional().describe('Seconds since 1970, or RFC 3339');
const tenant = z.string().regex(new RegExp(tenantNamePattern), 'must be a tenant’s name');
const service = z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a service’s name');
const version = z.string().regex(versionPattern, 'must be a version');
const commit = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a whole commit of the history')
  .describe('Commit of the history');
const environment = text(300)
  .optional()
  .describe('Environment, or cluster, of a release that a tenant has more than once');
const cursor = text(400).optional().describe('`nextCursor` of the page before');

/** Schemas of the parameters of the API's calls; unknown ones are refused. */
export const parameters = {
  none: z.strictObject({}),
  environment: z.strictObject({ environment }),
  release: z.strictObject({ tenant, service }),
  panel: z.strictObject({ tenant, service, panelId: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/) }),
  service: z.strictObject({ service }),
  serviceCommits: z.strictObject({
    from: version.describe('Version that some tenant has'),
    to: version.describe('Version that some tenant has'),
  }),
  application: z.strictObject({ tenant }),
  revision: z.strictObject({
    tenant,
    revision: z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit'),
  }),
  listReleases: z.strictObject({
    tenant: list(tenant, 'Tenant', 50),
    service: service.optional(),
    environment: list(text(300), 'Environment'),
    tier: list(z.enum([...tenantTiers, 'unknown']), 'Tier'),
    ring: list(
      z
        .string()
        .regex(/^(-1|\d)$/, 'must be a ring')
        .transform(Number),
      'Ring',
    ),
    state: list(z.enum(releaseStates), 'State'),
    q: text(200).optional().describe('Text in tenant, display name, owner or a version'),
    limit: count(1_000, 100),
    cursor,
    fields: list(
      releaseSchema.keyof(),
      'Properties to answer; tenant and service always are',
      Object.keys(releaseSchema.shape).length,
    ),
    counts: z
      .enum(['true', 'false'])
      .default('false')
      .transform(value => value === 'true')
      .describe('Whether to count the releases in each state, whatever `state` chooses'),
  }),
  changes: z.strictObject({ tenant: tenant.optional(), service: service.optional() }),
  history: z.strictObject({ environment, limit: count(90, 20), cursor }),
  sourceEntries: z.strictObject({
    source: text(300).describe('`id` of the source'),
    list: z
      .enum(sourceLists)
      .default('left-out')
      .describe('What is left out by a fault, or what is not used without one'),
    q: text(200).optional().describe('Text in kind, name or reason'),
    limit: count(1_000, 100),
  }),
  diff: z.strictObject({ environment, from: commit, to: commit }),
  range: z.strictObject({
    environment,
    start: time,
    end: time,
    step: text(10).optional().describe('Seconds'),
  }),
  logs: z.strictObject({
    environment,
    start: time,
    end: time,
    level: z.enum(logLevels).optional(),
    q: text(500).optional().describe('Plain text that a line contains'),
    version: version.optional(),
    limit: count(1_000, 100),
    direction: z.enum(['forward', 'backward']).default('backward'),
  }),
};

/**
 * The query of a request, each parameter once.
 *
 * @throws InputError for a parameter given twice
 */
export function readQuery(request: Request): Record<string, string> {
  const found = new URL(request.originalUrl, 'http://portal').searchParams;
  const query = new Map<string, string>();
  for (const [name, value] of found) {
    if (query.has(name)) throw new InputError(`Query parameter "${shown(name)}": is given twice`);
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

/**
 * Parses parameters.
 *
 * @throws InputError that names the parameter and the rule
 */
export function parseParameters<T>(schema: z.ZodType<T>, value: object, kind: 'Path' | 'Query'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue.code === 'unrecognized_keys') {
    throw new InputError(`${kind} parameter "${shown(issue.keys[0])}": is not known here`);
  }
  throw new InputError(`${kind} parameter "${String(issue.path[0])}": ${issue.message}`);
}

function shown(name: string): string {
  return name.slice(0, 60);
}
