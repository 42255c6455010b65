/** The form that onboards a tenant. */
export const newTenantPath = '/create/templates/default/new-tenant';

/** A tenant's Release tab. */
export function releasePath(tenant: string): string {
  return `/catalog/default/resource/${encodeURIComponent(tenant)}/releases`;
}
