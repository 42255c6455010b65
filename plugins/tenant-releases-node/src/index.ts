/**
 * What other backend plugins and modules need of tenant-releases.
 *
 * @packageDocumentation
 */
export {
  ChartRefusal,
  findHelm,
  HelmError,
  runHelm,
  type HelmLocation,
  type HelmRun,
} from '@internal/gitops';
export {
  createTenantServiceConditionalDecision,
  isServiceOwner,
  tenantServiceConditions,
} from './isServiceOwner';
export {
  createTenantReleaseConditionalDecision,
  isTenantOwner,
  tenantReleaseConditions,
} from './isTenantOwner';
export {
  createChangeTarget,
  type ChangeTarget,
  type ChangeTargetOptions,
} from './changes/createChangeTarget';
export { personOf } from './changes/personOf';
export { createMirror, type CreateMirrorOptions } from './mirror/createMirror';
export { createTreeReader, type TreeReader } from './mirror/createTreeReader';
export type { GitHostKind } from './mirror/gitSignIn';
export { readReaderConfig, type ReaderConfig } from './mirror/readReaderConfig';
export { peopleConditions, peopleRules } from './peopleRules';
export { onboardingTopic } from './onboardingTopic';
export {
  tenantReleaseResourceRef,
  type TenantReleaseFilter,
  type TenantReleaseResource,
} from './tenantReleaseResource';
export { tenantServiceResourceRef, type TenantServiceResource } from './tenantServiceResource';
