/**
 * Types, schemas, permissions and domain logic of tenant-releases, used in the browser and on the server.
 *
 * @packageDocumentation
 */
export * from './gitopsConfig';
export * from './permissions';
export * from './release';
export * from './source';
export * from './telemetry';
export * from './tenantFile';
export * from './tenantName';
