import { policyHold, type ReleasePolicy } from '@internal/gitops';
import type { DesiredEntry } from '../DesiredEntries';

/** The hold of a release of another layout, whose files have no place for one; tenant files hold for themselves. */
export function policyHoldOf(policy: ReleasePolicy, { deployed }: DesiredEntry) {
  if (!deployed) return undefined;
  const { tenant, service, environment, cluster } = deployed.names;
  return policyHold(policy, {
    tenant,
    service,
    ...(environment === '' ? {} : { environment }),
    ...(cluster === '' ? {} : { cluster }),
  });
}
