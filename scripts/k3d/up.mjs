/** The steps of `scripts/k3d-up`, each of which can be done again. */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../lib/files.mjs';
import { say, startProgress } from '../lib/output.mjs';
import { root } from '../lib/paths.mjs';
import { Kubectl } from '../verification/kubectl.mjs';
import { composeInstall, portalToken, waitForArgocd } from './argocd.mjs';
import { raiseCluster } from './cluster.mjs';
import { provideImages, wantedImages } from './images.mjs';
import { nextSteps } from './nextSteps.mjs';
import { apply, clusterAddress, portalAccount, repositorySecret } from './objects.mjs';
import { overlayText } from './overlay.mjs';
import { provideRepository } from './repository.mjs';

/**
 * Makes or mends the cluster and writes the portal's configuration for it.
 * @param given - what `readUpArguments` answers, with `programs`, `folders` and Argo CD's `manifest`; `checkout` is published
 *   when there is no repository
 */
export async function up(given) {
  const { programs, folders, manifest, repository, repositoryToken, checkout = root } = given;
  const { url, bootstrap } = await provideRepository({
    repository,
    token: repositoryToken,
    checkout,
    gitFolder: folders.git,
  });
  const { name, apiPort, argocdPort, registryPort } = given;
  await raiseCluster({ programs, folders, name, apiPort, argocdPort, registryPort });
  const kubectl = new Kubectl(programs.kubectl, { kubeconfig: folders.kubeconfig });
  // Another repository's images are wherever its tenant files say.
  const images = given.images && !repository ? await wantedImages() : [];
  await provideImages({ docker: programs.docker, registryPort, images });

  const install = await composeInstall({ folders, manifest, withLocalGit: !repository });
  await step('Installing Argo CD', async () => {
    await apply(kubectl, ['-k', install]);
    await waitForArgocd(kubectl);
  });
  await step('Applying gitops/bootstrap', async () => {
    await apply(kubectl, ['-k', path.join(install, 'portal')]);
    if (repository && repositoryToken) {
      await apply(kubectl, ['-f', '-'], repositorySecret(url, repositoryToken));
    }
    for (const text of bootstrap) await apply(kubectl, ['-f', '-'], text);
  });

  const argocdUrl = `http://localhost:${argocdPort}`;
  const token = await portalToken({ kubectl, url: argocdUrl, overlay: folders.overlay });
  const overlay = overlayText({
    repository,
    argocd: { url: argocdUrl, token },
    kubernetes: { ...(await clusterAddress(kubectl)), token: await portalAccount(kubectl) },
  });
  await writeAtomically(folders.overlay, overlay, { mode: 0o600 });
  await chmod(folders.overlay, 0o600);
  nextSteps({ repository, argocdUrl, folders }).forEach(line => say(line));
}

async function step(title, work) {
  const progress = startProgress(title);
  try {
    await work();
  } catch (error) {
    progress.end('failed');
    throw error;
  }
  progress.end('done');
}
