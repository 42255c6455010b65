import { StartServer } from '../settings';
import { startClusterWith } from './startCluster';

/** The embedded Kubernetes, see {@link startClusterWith}. */
export const startCluster: StartServer = settings => startClusterWith(settings);

export { startClusterWith } from './startCluster';
export type { ClusterOptions } from './startCluster';
