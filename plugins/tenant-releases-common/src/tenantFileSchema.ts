import { z } from 'zod';
import { hasUnseenCharacters, maxDisplayNameLength } from './displayName';
import { digestPattern, splitTag, tagProblem, versionPattern, withTagApart } from './tenantImage';
import { tenantNameProblem } from './tenantName';

/** Quota and replicas follow from the tier. */
export const tenantTiers = ['free', 'standard', 'premium'] as const;

const version = z.string().regex(versionPattern, 'must be an immutable image tag, not "latest"');

const holdSchema = z.strictObject({
  version,
  reason: z.string().min(1, 'must say why, for people'),
  by: z.string().min(1, 'must be an entity reference such as user:default/ada'),
  since: z.union(
    [z.iso.datetime({ offset: true }), z.date().transform(date => date.toISOString())],
    'must be an instant as in RFC 3339, for example 2026-11-23T10:00:00Z',
  ),
});

const tenantSchema = z.strictObject({
  name: z.string().superRefine((name, ctx) => {
    const problem = tenantNameProblem(name);
    if (problem) ctx.addIssue({ code: 'custom', message: problem.replace(/^name: /, '') });
  }),
  displayName: z
    .string()
    .min(1, 'must be a text of at least one character')
    .refine(
      name => [...name].length <= maxDisplayNameLength,
      `must be at most ${maxDisplayNameLength} characters`,
    )
    .refine(
      name => !hasUnseenCharacters(name),
      'must be one line, without control characters or marks that cannot be seen',
    ),
  owner: z
    .string()
    .regex(/^group:[^/\s]+\/[^/\s]+$/, 'must be a group such as group:default/tenant-a-owners'),
  tier: z.enum(tenantTiers),
  ring: z.int('must be a whole number from 0 to 9').min(0).max(9),
  contact: z.email('must be an e-mail address'),
  hold: holdSchema.optional(),
});

const imageSchema = z
  .looseObject({
    repository: z.string().min(1, 'must be an OCI repository such as ghcr.io/acme/demo-api'),
    tag: z.string().superRefine((tag, ctx) => {
      const found = tagProblem(tag);
      if (found) {
        ctx.addIssue({ code: 'custom', message: found.problem, params: { cure: found.cure } });
      }
    }),
    digest: z
      .string()
      .refine(
        text => digestPattern.test(text.slice(text.lastIndexOf('@') + 1)),
        'must be sha256: and 64 hexadecimal digits, better with the tag and "@" in front',
      )
      .optional(),
  })
  .superRefine(({ tag, digest }, ctx) => {
    if (digest === undefined || splitTag(tag).digest === undefined) return;
    ctx.addIssue({
      code: 'custom',
      path: ['digest'],
      message: 'stands beside image.tag with a digest of its own',
      params: { cure: 'keep one of them' },
    });
  })
  .transform(withTagApart);

/** What the portal reads of a tenant file; other keys are Helm values of the chart. */
export const tenantFileSchema = z.looseObject({ tenant: tenantSchema, image: imageSchema });

/** The `tenant:` block and the image of a tenant file. Other keys are Helm values of the chart. */
export type TenantFile = z.infer<typeof tenantFileSchema>;
