/**
 * What other backend plugins and modules need of tenant-releases.
 *
 * @packageDocumentation
 */
export { findHelm, type HelmLocation } from './helm/findHelm';
export { ChartRefusal, HelmError, runHelm, type HelmRun } from './helm/runHelm';
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
