/**
 * Frontend of tenant-releases: which version should run for each tenant, which one does, and why.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { roadieArgocdApi } from './argocd';
export { tenantFormFields } from './scaffolder';
export { tenantReleasesApiRef } from './api/TenantReleasesApi';
export type { TenantReleasesApi } from './api/TenantReleasesApi';
export { isTyping } from './domain/gridKeys';
export { releasePath } from './domain/links';
