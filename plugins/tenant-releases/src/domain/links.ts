/** The form that onboards a tenant. */
export const newTenantPath = '/create/templates/default/new-tenant';

/** The page of a tenant whose onboarding is under way. */
export function pendingTenantPath(tenant: string): string {
  return `/tenants/pending/${encodeURIComponent(tenant)}`;
}

/** A tenant's Release tab. */
export function releasePath(tenant: string): string {
  return `/catalog/default/resource/${encodeURIComponent(tenant)}/releases`;
}
