import type { PendingTenant } from '@internal/plugin-tenant-releases-common';
import { ago } from './fixtures';

/** An onboarding that waits for its review, apart from what a test says. */
export function createPending(part: Partial<PendingTenant> = {}): PendingTenant {
  return {
    tenant: 'tenant-c',
    service: 'demo-api',
    displayName: 'Initech',
    version: 'sha-1a2b3c4',
    owner: 'group:default/tenant-c-owners',
    requestedBy: 'user:default/ada',
    pullRequest: {
      number: 12,
      url: 'https://git.test/acme/platform/pull/12',
      title: 'Onboard tenant tenant-c',
      openedAt: ago(120),
    },
    state: 'open',
    isDraft: false,
    checks: { state: 'success', failing: [] },
    review: 'waiting',
    merge: 'clean',
    next: { code: 'review', text: 'It waits for a review.', who: 'platform' },
    others: [],
    ...part,
  };
}
