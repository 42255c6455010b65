import { ResponseError } from '@backstage/errors';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import type { ReleaseKey, TenantReleasesApi } from '../api/TenantReleasesApi';

/** Whether a tenant may be named so; the reasons go on after "The name". */
export type NameCheck =
  | { kind: 'free' }
  | { kind: 'refused'; reason: string }
  | { kind: 'unchecked'; reason: string };

/** What is wrong with the name's form; the field's name in front is for forms of many fields. */
export function nameProblem(name: string | undefined): string | undefined {
  return tenantNameProblem(name)?.replace(/^name: /, '');
}

async function hasRelease(key: ReleaseKey, api: TenantReleasesApi): Promise<boolean> {
  try {
    await api.getRelease(key);
    return true;
  } catch (error) {
    if (error instanceof ResponseError && error.statusCode === 404) return false;
    throw error;
  }
}

/**
 * Looks at the name's form, then whether it is free. A tenant that the user may not see looks free here: the
 * server checks again with the right to see all.
 */
export async function checkTenantName(
  key: ReleaseKey,
  api: TenantReleasesApi,
  catalog: CatalogApi,
): Promise<NameCheck> {
  const { tenant } = key;
  const problem = nameProblem(tenant);
  if (problem) return { kind: 'refused', reason: problem };
  try {
    const [released, entity] = await Promise.all([
      hasRelease(key, api),
      catalog.getEntityByRef({ kind: 'resource', namespace: 'default', name: tenant }),
    ]);
    return released || entity
      ? { kind: 'refused', reason: `is taken: there is a tenant or resource ${tenant}` }
      : { kind: 'free' };
  } catch {
    return {
      kind: 'unchecked',
      reason: 'cannot be looked up now; whether it is free is checked again on the server',
    };
  }
}
