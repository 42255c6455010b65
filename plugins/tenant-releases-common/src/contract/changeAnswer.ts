import { z } from 'zod';
import { count, knownOr, line, text } from './parts';

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

/** `POST /changes`: what was changed, or in a dry run would be. */
export const changeAnswerSchema = z.object({
  /** Absent in a dry run. */
  pullRequests: z.array(z.object({ number: count, url: text, ring: count.optional() })).optional(),
  /** Files as unified diffs. */
  files: z.array(z.object({ path: text, patch: z.string() })),
  /** Names of the tenants that it concerns. */
  tenants: z.array(text),
  leftOut: z.array(leftOutTenantSchema),
});

/** See {@link leftOutTenantSchema}. */
export type LeftOutTenant = z.output<typeof leftOutTenantSchema>;

/** See {@link changeAnswerSchema}. */
export type ChangeAnswer = z.output<typeof changeAnswerSchema>;
