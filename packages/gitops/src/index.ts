/**
 * What the portal, the CLI and the embedded platform do with a GitOps repository.
 *
 * @packageDocumentation
 */
export type { Application } from './applications/application';
export { argocdApplications, type ArgocdApplication } from './applications/argocdApplications';
export { liveApplications, LiveError } from './applications/liveApplications';
export { TemplateError } from './applicationSets/TemplateError';
export { withDeployments } from './applied/readDeployments';
export type { Deployments, ReadOptions } from './applied/deployments';
export { mayBeNeeded } from './changes/onboard/mayBeNeeded';
export { onboardingDraft } from './changes/onboard/onboardingDraft';
export { onboardTenant, type Onboarding } from './changes/onboard/onboardTenant';
export type { OnboardingEdit } from './changes/onboard/files';
export type { OnboardingRequest } from './changes/onboard/request';
export { bumpRelease, type BumpEdit, type ReleaseChoice } from './changes/bumpRelease';
export { ChangeRefusal, InvalidChange, UnknownTenant } from './changes/ChangeRefusal';
export { changeDrafts, type ChangeProposal } from './changes/changeDrafts';
export { isOfPlan, readPolicyState } from './changes/changeState';
export type { ChangeContext, ChangedTenant, ChangeEdit } from './changes/kinds/changeKind';
export { answerOf, planChange, type ChangePart, type ChangePlan } from './changes/planChange';
export { requireAllowed } from './changes/requireAllowed';
export { planLayoutChange, type LayoutChangeState } from './changes/planLayoutChange';
export { proposePlan, type PlanProposal } from './changes/proposePlan';
export { fingerprintOfRequest, readChangeRequest } from './changes/readChangeRequest';
export { mayMatter, mayBeRead } from './checkout/mayBeRead';
export { makeCheckout, memoryCheckout, type Checkout } from './checkout/checkout';

export { CheckoutError, directoryCheckout } from './checkout/directoryCheckout';
export { discover, type Discovery } from './discover/discover';
export { examine, type Examination } from './doctor/examine';
export type { FoundRelease, LayoutRelease, Unmatched } from './doctor/release';
export type { TenantFacts } from './facts/tenantFacts';
export {
  entityFacts,
  entitySettings,
  type EntityFacts,
  type EntitySettings,
} from './facts/entityFacts';
export { findHelm, findProgram, isProgram, type HelmLocation } from './helm/findHelm';
export { ChartRefusal, HelmError, runHelm, type HelmRun } from './helm/runHelm';
export { parseLayouts, type Layout } from './layout/layout';
export { LayoutError } from './layout/LayoutError';
export { notFollowed } from './layout/notFollowed';
export { portalName } from './layout/portalName';
export { layoutSchema, layoutsSchema, type LayoutSettings } from './layout/layoutSchema';
export { presets, type PresetName } from './layout/presets';
export { kustomizationNames } from './kustomize/findKustomization';
export { formatLocator, parseLocator, type Locator } from './locate/locator';
export { readVersionAt, writeVersionAt } from './locate/versionAt';
export { parseVersion, type Version } from './locate/version';
export type { CommitFacts, GitPerson } from './git/commitFacts';
export { FileLog } from './git/FileLog';
export { GitFault, type GitFaultKind } from './git/GitFault';
export { MergeGraph } from './git/MergeGraph';
export type { CommitFile, NewCommit, SigningKey } from './git/commitBuilder';
export { PushFault, type PushFaultKind } from './git/explainPush';
export { Mirror } from './git/Mirror';
export { mirrorCheckout } from './git/mirrorCheckout';
export { mirrorTree } from './git/mirrorTree';
export { withTemporaryMirror } from './git/temporaryMirror';
export { GitExit, runGit, type GitRun } from './git/runGit';
export type { MirrorOptions } from './git/MirrorStore';
export { ObjectReader, type GitObject } from './git/ObjectReader';
export { pullRequestFacts } from './git/pullRequestFacts';
export type { TreeFile } from './git/treeFiles';
export * from './blast/blastRadius';
export * from './blast/blastText';
export { layoutBlast, type LayoutBlast, type ReachedRelease } from './blast/layoutBlast';
export { layoutBlastAsMarkdown, layoutBlastAsText, layoutHeadline } from './blast/layoutBlastText';
export * from './blast/markdown';
export * from './blast/tenantState';
export * from './changes/onboardingBranch';
export * from './changes/planBump';
export * from './changes/planOf';
export * from './changes/proposal';
export * from './changes/proposalText';
export * from './changes/proposeBump';
export * from './changes/proposeChange';
export { releaseDraft } from './changes/releaseDraft';
export { judgeEdits, judgeImages, type RegistryVerdict } from './changes/askRegistry';
export {
  planAtCommit,
  planOther,
  planOwn,
  type ChangePlanning,
  type CommitPlan,
} from './changes/planAtCommit';
export * from './changes/setHold';
export * from './changes/setTag';
export * from './changes/writeFiles';
export * from './check/baseState';
export * from './check/checkApplications';
export * from './check/checkPolicy';
export * from './check/checkTenantFile';
export * from './check/checkTree';
export {
  checkLayouts,
  readLayoutState,
  type LayoutCheckOptions,
  type LayoutState,
} from './check/layouts/checkLayouts';
export { revisionCheckout } from './checkout/revisionCheckout';
export * from './check/findTenantFiles';
export * from './check/finding';
export { imageExistenceFindings } from './check/imageExistence';
export { imagesOfReleases, imagesOfTenants, type ImageUse } from './check/imageUses';
export * from './check/linkFindings';
export * from './check/releaseRules';
export * from './check/tenants';
export * from './config/GitopsConfigError';
export * from './config/gitopsConfig';
export * from './config/gitopsList';
export * from './config/repositoryAddress';
export * from './config/requireGithubIntegration';
export * from './config/unreadableRepository';
export * from './config/valuesPathPattern';
export * from './facts/displayName';
export * from './facts/ownerGroup';
export * from './git/commits';
export * from './git/git';
export * from './git/gitTree';
export * from './helm/renderFindings';
export * from './helm/renderTenant';
export * from './helm/representatives';
export * from './host/github/compareCommits';
export { GithubClient, type GithubHost } from './host/github/GithubClient';
export * from './host/github/GithubError';
export { GithubReader } from './host/github/GithubReader';
export * from './host/github/GithubRepository';
export { PullReader, type PullFacts } from './host/github/PullReader';
export type { PullAnswer } from './host/github/pullSchemas';
export { ServiceRepository } from './host/github/ServiceRepository';
export * from './host/GithubApi';
export { isBotIdentity } from './host/isBotIdentity';
export * from './host/PullRequestHost';
export * from './http/boundedText';
export { encodedPath } from './http/encodedPath';
export * from './http/HttpClient';
export * from './http/itemsOf';
export { limitConcurrency } from './http/limitConcurrency';
export * from './http/UpstreamError';
export * from './layout/ownTree';
export * from './manifests/manifests';
export { sourceSchema, type ApplicationSource } from './render/applicationSource';
export { globMatches } from './render/globs';
export { isTestHook } from './render/isTestHook';
export { renderDirectory } from './render/renderDirectory';
export { RenderError } from './render/RenderError';
export { referencedFile, type ReferencedTrees, type RenderContext } from './render/renderHelm';
export { renderRelease, type RenderedRelease, type RenderedSource } from './render/renderRelease';
export { renderSource, type RenderTools } from './render/renderSource';
export { ProgramError, runProgram } from './render/runProgram';
export * from './policy/releasePolicy';
export { policyHold, withPolicyHolds } from './policy/policyHolds';
export * from './policy/releasePolicyRules';
export { DockerConfigError, parseDockerConfig, type DockerAuth } from './registry/dockerConfig';
export type { ImageAnswer } from './registry/imageAnswer';
export { ImageRegistry, type ImageRegistryOptions } from './registry/ImageRegistry';
export { registryHost } from './registry/registryImage';
export {
  defaultRegistryUrl,
  registryUrlProblem,
  type RegistrySettings,
} from './registry/registrySettings';
export * from './tenantFile/encrypted';
export * from './tenantFile/entryProblems';
export * from './tenantFile/tenantFile';
export * from './tenantFile/tenantImage';
export * from './text/decodeText';
export * from './text/encodeSegment';
export * from './text/gitText';
export * from './text/shorten';
export * from './tree/directoryTree';
export { flatTree, kindOfMode } from './tree/flatTree';
export * from './tree/memoryTree';
export * from './tree/readText';
export * from './tree/treeSource';
export * from './yaml/readYaml';
export * from './yaml/typeName';
export * from './yaml/yamlProblem';
