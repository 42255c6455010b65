/**
 * A remote repository, a GitOps tree and HTTP servers for tests of what reads them.
 *
 * @packageDocumentation
 */
export { FakeProxy } from './FakeProxy';
export { FakeServer, sendJson, type Fault } from './FakeServer';
export { GitRemote, type RemoteCommit, type RemoteFile, type RemoteFault } from './GitRemote';
export { repositoryRoot, tenantText, testTree, type TestTree } from './testTree';
export { selfSigned, type Certificate } from './selfSigned';
export { testDigest, testRegistry, type TestRegistry } from './testRegistry';
