/**
 * What the portal, the CLI and the embedded platform do with a GitOps repository.
 *
 * @packageDocumentation
 */
export { findHelm, isProgram, type HelmLocation } from './helm/findHelm';
export { ChartRefusal, HelmError, runHelm, type HelmRun } from './helm/runHelm';
