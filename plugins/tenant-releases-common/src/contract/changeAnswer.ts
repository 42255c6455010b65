import { z } from 'zod';
import { block, count, knownOr, line, text } from './parts';

/** Why a change does not reach a tenant, or is refused as a whole. */
export const changeCodes = [
  'HELD',
  'FROZEN',
  'BAD_VERSION',
  'RING_ORDER',
  'CONFLICT',
  'NOTHING_TO_CHANGE',
] as const;

/** One of {@link changeCodes}. */
export type ChangeCode = (typeof changeCodes)[number];

/** A tenant that a change does not reach. */
export const leftOutTenantSchema = z.object({
  tenant: text,
  code: knownOr(changeCodes),
  /** For people: why, and until when. */
  text: line(600),
});

/** A tenant that a change concerns. */
const concernedTenantSchema = z.object({
  tenant: text,
  displayName: line(200).optional(),
  tier: line(200).optional(),
  ring: count.optional(),
  owner: line(200).optional(),
  from: line(300).optional(),
  to: line(300).optional(),
});

/** `POST /changes`: what was changed, or in a dry run would be. */
export const changeAnswerSchema = z.object({
  /** Title of the pull request, or of the first one; absent in answers of older servers. */
  title: line(256).optional(),
  /** Absent in a dry run. */
  pullRequests: z
    .array(
      z.object({
        number: count,
        /** Absent for who does not see the operator's places. */
        url: text.optional(),
        ring: count.optional(),
      }),
    )
    .optional(),
  /** Files as unified diffs. */
  files: z.array(z.object({ path: text, patch: z.string() })),
  /** Names of the tenants that it concerns. */
  tenants: z.array(text),
  leftOut: z.array(leftOutTenantSchema),
  /** The tenants that it concerns, with what changes: a version, or the value of a fact. */
  concerned: z.array(concernedTenantSchema).optional(),
  /** What people should know before it is merged, in Markdown. */
  notes: z.array(block(2_000)).optional(),
});

/** See {@link leftOutTenantSchema}. */
export type LeftOutTenant = z.output<typeof leftOutTenantSchema>;

/** See {@link changeAnswerSchema}. */
export type ChangeAnswer = z.output<typeof changeAnswerSchema>;
