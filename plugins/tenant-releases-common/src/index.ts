/**
 * HTTP contract, permissions, names and file formats of tenant-releases, used in the browser and on the server.
 *
 * @packageDocumentation
 */
export * from './contract/argocd';
export * from './contract/commits';
export * from './contract/events';
export * from './contract/history';
export * from './contract/logs';
export * from './contract/onboarding';
export * from './contract/panels';
export * from './contract/pendingTenant';
export * from './contract/release';
export * from './contract/releaseDiff';
export * from './contract/releaseList';
export * from './contract/releaseReason';
export * from './contract/releaseResources';
export * from './contract/routes';
export * from './contract/serviceCommits';
export * from './contract/serviceVersions';
export * from './contract/serving';
export * from './contract/source';
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
export * from './permissions';
export * from './releasePolicy';
export * from './releasePolicyRules';
export * from './requireGithubIntegration';
export * from './percent';
export * from './plainText';
export * from './readableText';
export * from './shorten';
export * from './unseen';
export * from './versionAge';
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
