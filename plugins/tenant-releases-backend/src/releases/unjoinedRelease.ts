import type { Release } from '@internal/plugin-tenant-releases-common';
import { unknownRing } from '../join/joinRelease';
import type { ReleaseRef } from './ReleaseRef';

/** The row of a release that could not be joined: it says so, and stays where its readers look for it. */
export function unjoinedRelease(
  { tenant, service, environment }: ReleaseRef,
  owner: string | undefined,
): Release {
  return {
    tenant,
    service,
    ...(environment === undefined ? {} : { environment }),
    displayName: tenant,
    tier: 'unknown',
    ring: unknownRing,
    owner: owner ?? '',
    cluster: '',
    namespace: tenant,
    health: { status: 'Unknown' },
    running: [],
    state: 'unknown',
    delivery: 'unknown',
    reasons: [
      {
        code: 'APPLICATION_INVALID',
        text: 'What is known of this release cannot be put together; the log of the portal says why.',
      },
    ],
    links: {},
  };
}
