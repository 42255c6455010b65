/**
 * What the portal, the CLI and the embedded platform do with a GitOps repository.
 *
 * @packageDocumentation
 */
export type { Application } from './applications/application';
export { liveApplications, LiveError } from './applications/liveApplications';
export { withDeployments } from './applied/readDeployments';
export type { Deployments, ReadOptions } from './applied/deployments';
export { bumpRelease, type BumpEdit, type ReleaseChoice } from './changes/bumpRelease';
export { ChangeRefusal } from './changes/ChangeRefusal';
export { makeCheckout, memoryCheckout, type Checkout } from './checkout/checkout';

export { CheckoutError, directoryCheckout } from './checkout/directoryCheckout';
export { discover, type Discovery } from './discover/discover';
export { examine, type Examination } from './doctor/examine';
export type { FoundRelease, LayoutRelease, Unmatched } from './doctor/release';
export type { TenantFacts } from './facts/tenantFacts';
export { findHelm, isProgram, type HelmLocation } from './helm/findHelm';
export { ChartRefusal, HelmError, runHelm, type HelmRun } from './helm/runHelm';
export { parseLayouts, type Layout } from './layout/layout';
export { LayoutError } from './layout/LayoutError';
export { layoutSchema, layoutsSchema, type LayoutSettings } from './layout/layoutSchema';
export { presets, type PresetName } from './layout/presets';
export { formatLocator, parseLocator, type Locator } from './locate/locator';
export { readVersionAt, writeVersionAt } from './locate/versionAt';
export { parseVersion, type Version } from './locate/version';
export type { CommitFacts, GitPerson } from './git/commitFacts';
export { FileLog } from './git/FileLog';
export { GitFault, type GitFaultKind } from './git/GitFault';
export { MergeGraph } from './git/MergeGraph';
export { Mirror } from './git/Mirror';
export { GitExit, runGit, type GitRun } from './git/runGit';
export type { MirrorOptions } from './git/MirrorStore';
export { ObjectReader, type GitObject } from './git/ObjectReader';
export { pullRequestFacts } from './git/pullRequestFacts';
export type { TreeFile } from './git/treeFiles';
