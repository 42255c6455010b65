import { z } from 'zod';
import { hasUnseenCharacters, maxDisplayNameLength } from '../facts/displayName';
import {
  digestProblem,
  isNoDigest,
  repositoryProblem,
  tagProblem,
  versionPattern,
  withTagApart,
} from './tenantImage';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';

/** Quota and replicas follow from the tier. */
export const tenantTiers = ['free', 'standard', 'premium'] as const;

const version = z.string().regex(versionPattern, 'must be an immutable image tag');

const holdSchema = z.strictObject({
  version,
  reason: z.string().min(1, 'must say why, for people'),
  by: z.string().min(1, 'must be an entity reference'),
  since: z.iso.datetime({ offset: true, error: 'must be an instant as in RFC 3339' }),
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
  owner: z.string().regex(/^group:[^/\s]+\/[^/\s]+$/, 'must be a group'),
  tier: z.enum(tenantTiers),
  ring: z.int('must be a whole number from 0 to 9').min(0).max(9),
  contact: z.email('must be an e-mail address'),
  hold: holdSchema.optional(),
});

/** The facts of a tenant that may be changed; the name may not: it is the namespace. */
export const tenantFactsSchema = tenantSchema
  .pick({ displayName: true, owner: true, tier: true, ring: true, contact: true })
  .partial();

/** See {@link tenantFactsSchema}. */
export type TenantFacts = z.infer<typeof tenantFactsSchema>;

const imageSchema = z
  .looseObject({
    repository: z.string().superRefine((repository, ctx) => {
      const message = repositoryProblem(repository);
      if (message) ctx.addIssue({ code: 'custom', message });
    }),
    tag: z.string().superRefine((tag, ctx) => {
      const found = tagProblem(tag);
      if (found) {
        ctx.addIssue({ code: 'custom', message: found.problem, params: { cure: found.cure } });
      }
    }),
    digest: z.string().nullish(),
  })
  .superRefine(({ tag, digest }, ctx) => {
    const found = isNoDigest(digest) ? undefined : digestProblem(digest, tag);
    if (!found) return;
    const { problem: message, cure } = found;
    ctx.addIssue({ code: 'custom', path: ['digest'], message, params: { cure } });
  })
  .transform(({ digest, ...rest }) => {
    const image: typeof rest & { digest?: string } = isNoDigest(digest)
      ? rest
      : { ...rest, digest };
    return withTagApart(image);
  });

/** What of the service is read beyond the chart: its name. A Service has a DNS label (RFC 1035) of at most 63 characters. */
const serviceSchema = z.looseObject({
  name: z
    .string()
    .regex(
      /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
      'must be a name of lower-case letters, digits and "-"',
    )
    .optional(),
});

/** What the portal reads of a tenant file; other keys are Helm values of the chart. */
export const tenantFileSchema = z.looseObject({
  tenant: tenantSchema,
  image: imageSchema,
  service: serviceSchema.optional(),
});

/** The `tenant:` block and the image of a tenant file. Other keys are Helm values of the chart. */
export type TenantFile = z.infer<typeof tenantFileSchema>;
