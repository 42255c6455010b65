import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredIndex';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/** Where a release's parts are. */
export interface ReleaseRef {
  tenant: string;
  service: string;
  entry?: DesiredEntry;
  application?: ApplicationRecord;
  /** Further Applications deploy the same. */
  isAmbiguous?: true;
  /** Why Applications that look like the tenant's are not counted for it. */
  mismatches?: string[];
}

/** Whether an Application without tenant file could be a tenant's: the platform's own are not. */
export function isTenantsApplication({ name, destination }: ApplicationRecord): boolean {
  const inOwnNamespace = destination.namespace === undefined || destination.namespace === name;
  return tenantNameProblem(name) === undefined && inOwnNamespace;
}

/** By tenant and service. */
export function compareRefs(a: ReleaseRef, b: ReleaseRef): number {
  return compare(a.tenant, b.tenant) || compare(a.service, b.service);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
