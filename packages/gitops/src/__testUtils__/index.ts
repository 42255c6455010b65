/**
 * A remote repository for tests of what reads one.
 *
 * @packageDocumentation
 */
export { GitRemote, type RemoteCommit, type RemoteFile, type RemoteFault } from './GitRemote';
