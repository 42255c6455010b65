/**
 * The logic of the GitOps workflows: what is checked, what a bump changes, whom a change reaches. The CLI, the sandbox and
 * the portal share it.
 *
 * @packageDocumentation
 */
export * from './bump/planBump';
export * from './bump/proposal';
export * from './bump/setTag';
export * from './check/checkTenantFile';
export * from './check/checkTree';
export * from './check/tenants';
export * from './finding';
export * from './helm/findHelm';
export * from './layout';
export * from './schema/tenantSchema';
export * from './tree/directoryTree';
export * from './tree/memoryTree';
export * from './tree/treeSource';
