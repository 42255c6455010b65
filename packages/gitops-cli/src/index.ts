/**
 * The logic of the GitOps workflows: what is checked, what a bump changes, whom a change reaches. The CLI, the sandbox and
 * the portal share it.
 *
 * @packageDocumentation
 */
export { run as runGitops } from './cli/program';
export type { Context as GitopsContext } from './cli/context';
