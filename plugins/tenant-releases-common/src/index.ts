/**
 * Types, schemas, permissions and domain logic of tenant-releases, used in the browser and on the server.
 *
 * @packageDocumentation
 */
export * from './decodeText';
export * from './displayName';
export * from './encodeSegment';
export * from './encrypted';
export * from './entryProblems';
export * from './gitopsConfig';
export * from './GitopsConfigError';
export * from './isAllowed';
export * from './manifests';
export * from './onboardingBranch';
export * from './ownerGroup';
export * from './pendingTenant';
export * from './permissions';
export * from './release';
export * from './releaseDiff';
export * from './releasePolicy';
export * from './releasePolicyRules';
export * from './releaseResources';
export * from './requireGithubIntegration';
export * from './serviceVersions';
export * from './serving';
export * from './percent';
export * from './shorten';
export * from './unseen';
export * from './versionAge';
export * from './source';
export * from './telemetry';
export * from './tenantFile';
export * from './tenantImage';
export * from './tenantName';
export * from './unreadableRepository';
export { parseRepositoryAddress, type RepositoryAddress } from './repositoryAddress';
export { notText, type ScalarProblem } from './yaml/ambiguity';
export * from './yaml/readYaml';
export * from './yaml/typeName';
export * from './yaml/yamlProblem';
export * from './yaml/yamlText';
export {
  aliasTargets,
  entriesOf,
  resolve as resolveAlias,
  type AliasTargets,
} from './yaml/yamlValue';
export type { TenantFileMatch } from './valuesPathPattern';
