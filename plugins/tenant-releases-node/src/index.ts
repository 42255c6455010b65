/**
 * What other backend plugins and modules need of tenant-releases.
 *
 * @packageDocumentation
 */
export {
  createTenantReleaseConditionalDecision,
  isTenantOwner,
  tenantReleaseConditions,
} from './isTenantOwner';
export {
  tenantReleaseResourceRef,
  type TenantReleaseFilter,
  type TenantReleaseResource,
} from './tenantReleaseResource';
