/**
 * The default permission policy: who may see and change which tenant.
 *
 * @packageDocumentation
 */
export { permissionModuleTenants as default } from './module';
export { TenantPermissionPolicy } from './TenantPermissionPolicy';
