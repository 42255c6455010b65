import type {
  PendingTenant,
  PendingTenantAnswer,
  PendingTenantList,
} from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { count, line, readableItems, time, version } from './answerParts';
import { source } from './sourceAnswers';
import type { KnownCluster } from './TenantReleasesApi';

const reference = z.object({ number: z.int(), url: z.string() });

const pendingTenant: z.ZodType<PendingTenant> = z.object({
  tenant: line(63),
  service: line(63),
  displayName: line(200).optional(),
  version: version.optional(),
  owner: line(200).optional(),
  requestedBy: line(200).optional(),
  pullRequest: reference.extend({ title: line(256), openedAt: time, endedAt: time.optional() }),
  state: z.enum(['open', 'merged', 'closed']),
  isDraft: z.boolean(),
  checks: z.object({
    state: z.enum(['success', 'failure', 'pending', 'none', 'unknown']),
    failing: z.array(line(100)),
  }),
  review: z.enum(['waiting', 'approved', 'changes-requested', 'unknown']),
  merge: z.enum(['clean', 'conflict', 'unknown']),
  next: z.object({
    // Only words depend on it; one that a newer server knows is shown by its text.
    code: z.string().transform(code => code as PendingTenant['next']['code']),
    text: line(300),
    who: z.enum(['requester', 'platform', 'nobody']),
  }),
  others: z.array(reference),
});

/** `GET /pending-tenants` */
export const pendingTenantsAnswer: z.ZodType<PendingTenantList> = z.object({
  items: readableItems(pendingTenant).transform(({ items }) => items),
  source,
});

/** `GET /pending-tenants/:tenant` */
export const pendingTenantAnswer: z.ZodType<PendingTenantAnswer> = z.object({
  item: pendingTenant.optional(),
  source,
});

/** `GET /clusters` */
export const clustersAnswer: z.ZodType<{ items: KnownCluster[] }> = z.object({
  items: z.array(z.object({ name: line(63), tenants: count })),
});
