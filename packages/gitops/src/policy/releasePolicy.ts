import { z } from 'zod';
import { tenantTiers } from '../tenantFile/tenantFileSchema';
import { versionPattern } from '../tenantFile/tenantImage';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { readYaml } from '../yaml/readYaml';
import { formatKey, type YamlProblem } from '../yaml/yamlProblem';

/** Rules fit on a few screens; more is a mistake or an attack. Characters. */
export const maxReleasePolicyLength = 256 * 1024;

/** Where the policy stands in the GitOps repository. */
export const releasePolicyPath = 'gitops/policy/releases.yaml';

const instant = z.iso.datetime({
  offset: true,
  error: 'must be an instant as in RFC 3339, for example 2026-12-20T00:00:00Z',
});
const ringWords = 'must be a whole number from 0 to 9';
const ring = z.int(ringWords).min(0, ringWords).max(9, ringWords);
const shortText = (most: number) => z.string().max(most, `must be at most ${most} characters`);
const reason = shortText(500).min(1, 'must say why, for people');
const by = shortText(500).min(1, 'must be an entity reference such as user:default/ada');

/** A list; a key without a value is one without entries, as people write it who have none. */
function listOf<T extends z.ZodType>(entry: T, most: number) {
  return z
    .array(entry)
    .max(most, `must be at most ${most} entries`)
    .nullish()
    .transform(entries => entries ?? []);
}

const ringSchema = z.strictObject({
  ring,
  name: shortText(60).min(1, 'must be a short name, for example canary'),
  description: shortText(500).optional(),
});

const badVersionSchema = z.strictObject({
  version: z.string().regex(versionPattern, 'must be an image tag such as sha-1a2b3c4'),
  reason,
  by: by.optional(),
  since: instant.optional(),
});

const tier = z.enum(tenantTiers, `must be one of ${tenantTiers.join(', ')}`);

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
    tiers: z.array(tier).min(1, 'is empty: name a tier, or leave it out').optional(),
    rings: z.array(ring).min(1, 'is empty: name a ring, or leave it out').optional(),
    from: instant,
    until: instant,
    reason,
    by: by.optional(),
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

const holdWords = 'must be a short text';
const holdName = z.string().min(1, holdWords).max(200, holdWords);

const policyHoldSchema = z.strictObject({
  tenant: holdName,
  service: holdName,
  environment: holdName.optional(),
  cluster: holdName.optional(),
  version: holdName,
  reason,
  by,
  since: instant,
});

const policySchema = z
  .strictObject({
    holds: z
      .array(policyHoldSchema)
      .max(5000, 'must be at most 5000 entries')
      .nullish()
      .transform(entries => entries ?? undefined)
      .optional(),
    rings: listOf(ringSchema, 10),
    badVersions: listOf(badVersionSchema, 1000),
    freezes: listOf(freezeSchema, 1000),
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

/** A release that stays at its version, where the files of its layout have no place to say so. Times are RFC 3339. */
export type PolicyHold = z.infer<typeof policyHoldSchema>;

/** A policy that could be read, or why it could not. */
export type ReleasePolicyResult =
  | { ok: true; policy: ReleasePolicy }
  | { ok: false; problems: YamlProblem[] };

/** The policy of a tree without a policy file: nothing is forbidden. */
export const emptyReleasePolicy: ReleasePolicy = { rings: [], badVersions: [], freezes: [] };

/**
 * Reads `gitops/policy/releases.yaml`.
 *
 * @param text - YAML: `rings`, `badVersions` and `freezes`, each of which may be absent or without a value
 * @returns the policy, or every problem with its line, key and cure
 */
export function parseReleasePolicy(text: string): ReleasePolicyResult {
  if (text.length > maxReleasePolicyLength) {
    return refused(`is larger than ${maxReleasePolicyLength / 1024} KiB: remove what is over`);
  }
  const { documents, problems } = readYaml(text, { single: true });
  const [document] = documents;
  if (problems.length > 0) {
    return {
      ok: false,
      problems: problems.slice(0, 20).map(({ line, column, key, problem, cure }) => ({
        line,
        column,
        key,
        text: `${problem}: ${cure}`,
      })),
    };
  }
  const value = document?.value ?? {};
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
        ...document?.at(path),
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
