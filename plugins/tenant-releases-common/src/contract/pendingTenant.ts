import { z } from 'zod';
import { itemsOf, line, time, version } from './parts';
import { pullProgressSchema, pullReferenceSchema, pullStepSchema } from './pullProgress';
import { sourceStatusSchema } from './source';

/** The onboarding of a tenant: its pull request, and what that would make. */
export const pendingTenantSchema = pullProgressSchema.extend({
  tenant: line(63),
  service: line(63),
  /** Of the tenant file on the branch; absent while that is not read, or cannot be. */
  displayName: line(200).optional(),
  /** See `displayName`. */
  version: version.optional(),
  /** See `displayName`. Entity ref. */
  owner: line(200).optional(),
  /** Entity ref of the person who filled in the form, as the pull request says. */
  requestedBy: line(200).optional().describe('Entity ref, as the pull request says'),
  pullRequest: pullReferenceSchema.extend({
    title: line(256),
    openedAt: time,
    /** When it was merged or closed. */
    endedAt: time.optional(),
  }),
  next: pullStepSchema,
  /** Further open pull requests for the same tenant: only one can be merged. */
  others: z.array(pullReferenceSchema),
});

/** `GET /pending-tenants`: the open ones, the one that was opened last first. */
export const pendingTenantListSchema = z.object({
  items: itemsOf(pendingTenantSchema),
  /** The Git host; when it is away, `items` is what was known last. */
  source: sourceStatusSchema,
});

/** `GET /pending-tenants/:tenant` */
export const pendingTenantAnswerSchema = z.object({
  /** The open onboarding, else the one that ended last; absent when none is known. */
  item: pendingTenantSchema.optional(),
  source: sourceStatusSchema,
});

/** See {@link pendingTenantSchema}. */
export type PendingTenant = z.infer<typeof pendingTenantSchema>;

/** See {@link pendingTenantListSchema}. */
export type PendingTenantList = z.infer<typeof pendingTenantListSchema>;

/** See {@link pendingTenantAnswerSchema}. */
export type PendingTenantAnswer = z.infer<typeof pendingTenantAnswerSchema>;
