/** Where a local cluster keeps its files; all of it is ignored by Git and goes with scripts/k3d-down. */
import path from 'node:path';
import { root, toolsDir } from '../lib/paths.mjs';

/** The cluster that is meant when none is named. */
export const defaultName = 'tenant-portal';

/** @param name - of the cluster */
export function foldersOf(name) {
  const base = path.join(toolsDir, 'k3d', name);
  return {
    base,
    /** What is committed. */
    manifests: path.join(root, 'scripts', 'k3d', 'manifests'),
    clusterConfig: path.join(base, 'cluster.yaml'),
    kubeconfig: path.join(base, 'kubeconfig'),
    /** Mounted into the nodes as /git. */
    git: path.join(base, 'git'),
    /** Argo CD's manifests together with the fetched one. */
    install: path.join(base, 'install'),
    overlay: path.join(root, `app-config.${name === defaultName ? 'k3d' : name}.local.yaml`),
  };
}
