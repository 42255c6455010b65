import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { tenantTiers, versionPattern } from './tenantFile';
import { tenantNameProblem } from './tenantName';
import { atOffset, formatKey, placeOf, type YamlProblem } from './yamlProblem';

/** Rules fit on a few screens; more is a mistake or an attack. Characters. */
export const maxReleasePolicyLength = 256 * 1024;

/** Where the policy stands in the GitOps repository. */
export const releasePolicyPath = 'gitops/policy/releases.yaml';

const instant = z.iso.datetime({
  offset: true,
  error: 'must be an instant as in RFC 3339, for example 2026-12-20T00:00:00Z',
});
const ring = z.int('must be a whole number from 0 to 9').min(0).max(9);
const reason = z
  .string()
  .min(1, 'must say why, for people')
  .max(500, 'must be at most 500 characters');

const ringSchema = z.strictObject({
  ring,
  name: z.string().min(1, 'must be a short name, for example canary').max(60),
  description: z.string().max(500).optional(),
});

const badVersionSchema = z.strictObject({
  version: z.string().regex(versionPattern, 'must be an image tag such as sha-1a2b3c4'),
  reason,
  by: z.string().min(1, 'must be an entity reference such as user:default/ada').optional(),
  since: instant.optional(),
});

const tenantName = z.string().superRefine((name, context) => {
  const problem = tenantNameProblem(name);
  if (problem) context.addIssue({ code: 'custom', message: problem.replace(/^name: /, '') });
});

const freezeSchema = z
  .strictObject({
    all: z
      .literal(true, 'can only be true: leave it out to name tenants, tiers or rings')
      .optional(),
    tenants: z.array(tenantName).min(1, 'is empty: name a tenant, or leave it out').optional(),
    tiers: z.array(z.enum(tenantTiers)).min(1, 'is empty: name a tier, or leave it out').optional(),
    rings: z.array(ring).min(1, 'is empty: name a ring, or leave it out').optional(),
    from: instant,
    until: instant,
    reason,
    by: z.string().min(1).optional(),
  })
  .superRefine((freeze, context) => {
    const names = freeze.tenants ?? freeze.tiers ?? freeze.rings;
    if (!freeze.all && !names) {
      context.addIssue({
        code: 'custom',
        message: 'names nobody: add tenants, tiers or rings, or all: true',
      });
    }
    if (freeze.all && names) {
      context.addIssue({
        code: 'custom',
        path: ['all'],
        message: 'stands beside tenants, tiers or rings: keep one of them',
      });
    }
    if (Date.parse(freeze.until) <= Date.parse(freeze.from)) {
      context.addIssue({ code: 'custom', path: ['until'], message: 'must be later than from' });
    }
  });

const policySchema = z
  .strictObject({
    rings: z.array(ringSchema).max(10).default([]),
    badVersions: z.array(badVersionSchema).max(1000).default([]),
    freezes: z.array(freezeSchema).max(1000).default([]),
  })
  .superRefine(({ rings }, context) => {
    rings.forEach((entry, index) => {
      if (index > 0 && entry.ring <= rings[index - 1].ring) {
        context.addIssue({
          code: 'custom',
          path: ['rings', index, 'ring'],
          message: 'must be higher than the ring before it: the list is the order of promotion',
        });
      }
    });
  });

/** The rules that bumps and promotions obey. */
export type ReleasePolicy = z.infer<typeof policySchema>;
/** A step of the order of promotion. */
export type PolicyRing = z.infer<typeof ringSchema>;
/** A version that no tenant may be moved to. Times are RFC 3339. */
export type BadVersion = z.infer<typeof badVersionSchema>;
/** A window without changes: from the first instant on, until just before the second. */
export type PolicyFreeze = z.infer<typeof freezeSchema>;

/** A policy that could be read, or why it could not. */
export type ReleasePolicyResult =
  | { ok: true; policy: ReleasePolicy }
  | { ok: false; problems: YamlProblem[] };

/** The policy of a tree without a policy file: nothing is forbidden. */
export const emptyReleasePolicy: ReleasePolicy = { rings: [], badVersions: [], freezes: [] };

/**
 * Reads `gitops/policy/releases.yaml`.
 *
 * @param text - YAML: `rings`, `badVersions` and `freezes`, each of which may be absent
 * @returns the policy, or every problem with its line, key and cure
 */
export function parseReleasePolicy(text: string): ReleasePolicyResult {
  if (text.length > maxReleasePolicyLength) {
    return refused(`is larger than ${maxReleasePolicyLength / 1024} KiB: remove what is over`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines, logLevel: 'error' });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.slice(0, 20).map(error => ({
        ...atOffset(lines, error.pos[0]),
        key: 'file',
        text: `is no YAML: ${error.message.split('\n')[0].replace(/ at line \d+.*$/, '')}`,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 10 }) ?? {};
  } catch {
    return refused('holds too many aliases: write the values out');
  }
  const parsed = policySchema.safeParse(value);
  if (parsed.success) return { ok: true, policy: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.flatMap(issue => {
      // An unknown key is reported on what holds it; what people look for is the key.
      const paths =
        issue.code === 'unrecognized_keys'
          ? issue.keys.map(key => [...issue.path, key])
          : [issue.path];
      return paths.map(path => ({
        ...placeOf(document, lines, path),
        key: formatKey(path),
        text:
          issue.code === 'unrecognized_keys'
            ? 'is not a key of this file: remove it'
            : inOurWords(issue.message),
      }));
    }),
  };
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a block of keys',
  string: 'a text: put it in quotes',
  number: 'a number',
};

/** Zod's own words on a wrong type, as the rest of the messages. */
function inOurWords(message: string): string {
  const [, expected, received] =
    /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (expected === undefined) return message;
  return received === 'undefined' ? 'is missing' : `must be ${typeNames[expected] ?? expected}`;
}

function refused(text: string): ReleasePolicyResult {
  return { ok: false, problems: [{ line: 1, column: 1, key: 'file', text }] };
}
