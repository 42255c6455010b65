import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  tenantOnboardPermission,
  type SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';

/**
 * The sources as a caller may see them: how each does is for everybody, what is wrong with its settings and how many files
 * Git holds is for who may onboard tenants.
 */
export async function toldSources(
  access: Pick<ReleaseAccess, 'holds'>,
  credentials: BackstageCredentials,
  sources: SourceStatus[],
): Promise<SourceStatus[]> {
  if (sources.every(({ detail }) => detail === undefined)) return sources;
  if (await access.holds(credentials, tenantOnboardPermission)) return sources;
  return sources.map(({ detail: _, ...source }) => source);
}
