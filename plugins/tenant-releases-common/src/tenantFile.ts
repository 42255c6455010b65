import { parseDocument } from 'yaml';
import { z } from 'zod';
import { hasUnseenCharacters, maxDisplayNameLength } from './displayName';
import { tenantNameProblem } from './tenantName';
import { yamlTextTroubles } from './yamlText';

/** Quota and replicas follow from the tier. */
export const tenantTiers = ['free', 'standard', 'premium'] as const;

/** An immutable image tag: never `latest`, at most 128 characters (OCI distribution specification). */
export const versionPattern = /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

const version = z.string().regex(versionPattern, 'must be an immutable image tag, not "latest"');

const holdSchema = z.strictObject({
  version,
  reason: z.string().min(1),
  by: z.string().min(1),
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
    .min(1)
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
  ring: z.int().min(0).max(9),
  contact: z.email('must be an e-mail address'),
  hold: holdSchema.optional(),
});

const fileSchema = z.looseObject({
  tenant: tenantSchema,
  image: z.looseObject({ repository: z.string().min(1), tag: version }),
});

/** The `tenant:` block and the image of a tenant file. Other keys are Helm values of the chart. */
export type TenantFile = z.infer<typeof fileSchema>;

/** Something in a tenant file that the portal does not take. */
export interface TenantFileIssue {
  /** Keys that lead to it; empty for the whole file. */
  path: PropertyKey[];
  /** Goes on after the key. */
  message: string;
}

/** Judges the content of a tenant file that has been read already, as {@link parseTenantFile} does. */
export function checkTenantValues(
  value: unknown,
): { file: TenantFile } | { issues: TenantFileIssue[] } {
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return { file: parsed.data };
  return { issues: parsed.error.issues.map(({ path, message }) => ({ path, message })) };
}

/** A tenant file that could be read, or why it could not. */
export type TenantFileResult = { ok: true; file: TenantFile } | { ok: false; problems: string[] };

/** Tenant files are a screenful; more is a mistake or an attack. Bytes. */
export const maxTenantFileBytes = 64 * 1024;

/**
 * Reads a tenant file (`gitops/tenants/<tenant>-values.yaml`).
 *
 * @param text - YAML
 * @param expectedName - the name that the file's path says
 * @returns the parsed file, or one sentence a problem, each naming its key
 */
export function parseTenantFile(text: string, expectedName: string): TenantFileResult {
  if (text.length > maxTenantFileBytes) {
    return { ok: false, problems: [`file: larger than ${maxTenantFileBytes / 1024} KiB`] };
  }
  const troubles = yamlTextTroubles(text);
  if (troubles.length > 0) {
    return {
      ok: false,
      problems: troubles.map(one => `line ${one.line}: ${one.problem}: ${one.cure}`),
    };
  }
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map(error => {
        const line = error.linePos?.[0].line;
        return `${line ? `line ${line}: ` : ''}${error.message
          .split('\n')[0]
          .replace(/ at line \d+.*$/, '')}`;
      }),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 10 });
  } catch (error) {
    return { ok: false, problems: [`file: ${(error as Error).message}`] };
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(
        issue => `${issue.path.join('.') || 'file'}: ${issue.message}`,
      ),
    };
  }
  if (parsed.data.tenant.name !== expectedName) {
    return {
      ok: false,
      problems: [
        `tenant.name: is "${parsed.data.tenant.name}", but the file's name says "${expectedName}"`,
      ],
    };
  }
  return { ok: true, file: parsed.data };
}
