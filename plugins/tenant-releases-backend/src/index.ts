/**
 * Releases of tenants: the live indexes of what Git wants, Argo CD synced and the pods run, and their HTTP API.
 *
 * @packageDocumentation
 */
export { tenantReleasesPlugin as default } from './plugin';
