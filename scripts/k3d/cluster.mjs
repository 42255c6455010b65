/** The cluster itself: made, started, removed. */
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../lib/files.mjs';
import { CureError } from '../lib/output.mjs';
import { logDir, root } from '../lib/paths.mjs';
import { checkPorts } from '../lib/ports.mjs';
import { run, runStep } from '../lib/processes.mjs';

/** cluster.yaml with its blanks filled in. */
export function clusterConfig(template, { name, apiPort, argocdPort, registryPort, gitFolder }) {
  const values = {
    NAME: name,
    API_PORT: String(apiPort),
    ARGOCD_PORT: String(argocdPort),
    REGISTRY_PORT: String(registryPort),
    // Inside single quotes of YAML.
    GIT_FOLDER: gitFolder.replaceAll("'", "''"),
  };
  return template.replace(/@([A-Z_]+)@/g, (_, key) => values[key]);
}

/**
 * What `k3d cluster list -o json` says about one cluster: 'absent', 'stopped' or 'running'.
 * @param text - of an array of `{ name, serversRunning }`
 */
export function clusterState(text, name) {
  const found = JSON.parse(text).find(cluster => cluster.name === name);
  if (!found) return 'absent';
  return found.serversRunning > 0 ? 'running' : 'stopped';
}

/** Makes the cluster, or starts it, and writes its kubeconfig. Answers what it did: 'made', 'started' or 'kept'. */
export async function raiseCluster({ programs, folders, name, ...ports }) {
  await mkdir(folders.git, { recursive: true });
  const state = await stateOf(programs.k3d, name);
  const step = (title, args, cure) => runStep(title, programs.k3d, args, { cure, logDir });
  if (state === 'absent') {
    if (folders.git.includes(':')) {
      throw new CureError(
        `${root}: a checkout whose path holds a colon cannot be mounted; move it.`,
      );
    }
    await checkFree(ports);
    const template = await readFile(path.join(root, 'scripts/k3d/cluster.yaml'), 'utf8');
    const config = clusterConfig(template, { name, ...ports, gitFolder: folders.git });
    await writeAtomically(folders.clusterConfig, config);
    await step(
      'Making the cluster (the first time fetches images)',
      ['cluster', 'create', '--config', folders.clusterConfig],
      'Docker needs access to docker.io, and about 4 GB of memory.',
    );
  } else if (state === 'stopped') {
    await step('Starting the cluster', ['cluster', 'start', name], 'scripts/k3d-down removes it.');
  }
  await writeKubeconfig(programs.k3d, name, folders.kubeconfig);
  return { absent: 'made', stopped: 'started', running: 'kept' }[state];
}

/** Removes the cluster; whether there was one. */
export async function removeCluster({ programs, name }) {
  if ((await stateOf(programs.k3d, name)) === 'absent') return false;
  await runStep('Removing the cluster', programs.k3d, ['cluster', 'delete', name], {
    cure: 'Look at docker ps.',
    logDir,
  });
  return true;
}

async function stateOf(k3d, name) {
  const { code, output } = await run(k3d, ['cluster', 'list', '-o', 'json']);
  if (code !== 0) throw new CureError(`k3d cluster list: ${output.trim().split('\n').pop()}`);
  return clusterState(output.slice(output.indexOf('[')), name);
}

/** For this cluster alone; the user's own kubeconfig is left as it is. */
async function writeKubeconfig(k3d, name, file) {
  await rm(file, { force: true });
  const { code, output } = await run(k3d, ['kubeconfig', 'write', name, '--output', file]);
  if (code !== 0) throw new CureError(`k3d kubeconfig write: ${output.trim().split('\n').pop()}`);
  await chmod(file, 0o600);
}

async function checkFree({ apiPort, argocdPort, registryPort }) {
  const options = { 'api-port': apiPort, 'argocd-port': argocdPort, 'registry-port': registryPort };
  for (const [option, port] of Object.entries(options)) {
    await checkPorts({ [option]: port }).catch(() => {
      throw new CureError(`Port ${port} is taken: choose another with --${option}.`);
    });
  }
}
