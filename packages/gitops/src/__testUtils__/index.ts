/**
 * A remote repository and a GitOps tree for tests of what reads them.
 *
 * @packageDocumentation
 */
export { GitRemote, type RemoteCommit, type RemoteFile, type RemoteFault } from './GitRemote';
export { repositoryRoot, tenantText, testTree, type TestTree } from './testTree';
