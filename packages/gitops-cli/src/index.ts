/**
 * The logic of the GitOps workflows: what is checked, what a bump changes, whom a change reaches. The CLI, the sandbox and
 * the portal share it.
 *
 * @packageDocumentation
 */
export * from './blast/blastRadius';
export * from './blast/blastText';
export * from './blast/tenantState';
export * from './bump/EditError';
export * from './bump/planBump';
export * from './bump/planOf';
export * from './bump/proposal';
export * from './bump/proposalText';
export * from './bump/proposeBump';
export * from './bump/setHold';
export * from './bump/setTag';
export * from './check/baseState';
export * from './check/checkPolicy';
export * from './check/checkTenantFile';
export * from './check/checkTree';
export * from './check/releaseRules';
export * from './check/tenants';
export * from './finding';
export * from './github/GithubClient';
export * from './github/GithubError';
export * from './github/GithubRepository';
export * from './github/githubTree';
export * from './helm/renderTenant';
export * from './helm/representatives';
export * from './layout';
export * from './output/markdown';
export * from './schema/tenantSchema';
export * from './tree/directoryTree';
export * from './tree/memoryTree';
export * from './tree/treeSource';
export { run as runGitops } from './cli/program';
export type { Context as GitopsContext } from './cli/context';
