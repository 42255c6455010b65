/**
 * HTTP contract, permissions, names and file formats of tenant-releases, used in the browser and on the server.
 *
 * @packageDocumentation
 */
export * from './contract/argocd';
export * from './contract/changeAnswer';
export * from './contract/changeList';
export * from './contract/changeRequest';
export * from './contract/commits';
export * from './contract/events';
export * from './contract/history';
export * from './contract/logs';
export * from './contract/onboarding';
export * from './contract/panels';
export * from './contract/pendingTenant';
export * from './contract/pullProgress';
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
export * from './contract/sourceReport';
export * from './isAllowed';
export * from './permissions';
export * from './percent';
export * from './plainText';
export * from './readableText';
export * from './unseen';
export * from './versionAge';
export * from './tenantName';
export * from './zonedTime';
