import type { ApplicationRecord } from '../sync/ApplicationRecord';

/** What deploys goes before what does so no more or has never done so. */
export function byRank(one: ApplicationRecord, other: ApplicationRecord): number {
  return rankOf(one) - rankOf(other);
}

/** Of what Argo CD has neither synced nor compared, such as what it refuses, nothing is in the cluster. */
export function isUntold(record: ApplicationRecord): boolean {
  return record.sync.status === 'Unknown' && isNeverSynced(record);
}

function rankOf(record: ApplicationRecord): number {
  if (isNeverSynced(record)) return 2;
  return record.deletedSince ? 1 : 0;
}

function isNeverSynced({ sync, operation, images, details }: ApplicationRecord): boolean {
  const isDeployed = images.length > 0 || (details?.history.length ?? 0) > 0;
  return sync.status !== 'Synced' && operation === undefined && !isDeployed;
}
