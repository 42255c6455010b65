/**
 * Upstreams in memory, also for tests of a portal that this plugin is part of.
 *
 * @packageDocumentation
 */
export { eventually } from './eventually';
export { tenantFile, tenantPath } from './FakeGithub';
export { configFor, startUpstreams, type Upstreams } from './startTestPortal';
