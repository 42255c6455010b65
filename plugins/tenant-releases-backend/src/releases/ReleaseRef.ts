import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/** Where a release's parts are. */
export interface ReleaseRef {
  tenant: string;
  service: string;
  environment?: string;
  entry?: DesiredEntry;
  /** What each of several repositories says of it; then it has neither an entry nor an Application. */
  conflict?: readonly DesiredEntry[];
  application?: ApplicationRecord;
  /** Further Applications deploy the same. */
  isAmbiguous?: true;
  /** Why Applications that look like the tenant's are not counted for it. */
  mismatches?: string[];
}

/** By tenant, service and environment. */
export function compareRefs(a: ReleaseRef, b: ReleaseRef): number {
  return (
    compare(a.tenant, b.tenant) ||
    compare(a.service, b.service) ||
    compare(a.environment ?? '', b.environment ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
