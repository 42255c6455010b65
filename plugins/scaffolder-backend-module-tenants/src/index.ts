/**
 * Scaffolder module: the actions of the template "New tenant".
 *
 * @packageDocumentation
 */
export { scaffolderModuleTenants as default } from './module';
export { listVersions } from './repository/listVersions';
