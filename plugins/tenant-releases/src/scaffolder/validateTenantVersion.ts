import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import type { KnownVersion } from '@internal/plugin-tenant-releases-common';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';

/**
 * Looks at a version again when its step of the form is left: one that came with the address may be bad. What could not be
 * looked up passes; the action on the server, which alone decides, looks once more.
 */
export const validateTenantVersion: CustomFieldValidator<string> = async (
  version,
  field,
  { apiHolder },
) => {
  const api = apiHolder.get(tenantReleasesApiRef);
  const versions: KnownVersion[] = (await api?.listVersions().catch(() => undefined)) ?? [];
  const bad = versions.find(known => known.version === version)?.bad;
  if (bad !== undefined) field.addError(`Version ${version} is bad: ${bad}`);
};
