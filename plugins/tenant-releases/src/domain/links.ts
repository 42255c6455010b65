/** The form that onboards a tenant. */
export const newTenantPath = '/create/templates/default/new-tenant';

/** The page of a tenant whose onboarding is under way. */
export function pendingTenantPath(tenant: string): string {
  return `/tenants/pending/${encodeURIComponent(tenant)}`;
}

/** A tenant's Release tab, at one of its environments when that is named. */
export function releasePath(tenant: string, environment?: string): string {
  const path = `/catalog/default/resource/${encodeURIComponent(tenant)}/releases`;
  return environment === undefined ? path : `${path}?${new URLSearchParams({ environment })}`;
}
