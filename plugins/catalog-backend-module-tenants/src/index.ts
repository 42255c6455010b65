/**
 * Catalog module: every tenant file of the GitOps repository is a Resource of the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleTenants as default } from './module';
