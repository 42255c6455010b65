/** What is made in the cluster, and what is read of it, with kubectl. */
import { CureError } from '../lib/output.mjs';

/** Hours after which the portal's token in the cluster ends; k3d-up makes another. */
const tokenHours = 720;

/**
 * `kubectl apply` on the server's side: a second time changes nothing, and no secret lands in an annotation.
 * @param source - `-k <folder>` or `-f -`
 * @param text - for `-f -`
 */
export async function apply(kubectl, source, text) {
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=k3d-up', ...source];
  const { code, stderr } = await kubectl.run(args, { input: text, timeoutMs: 120_000 });
  if (code === 0) return;
  const lines = stderr.trim().split('\n');
  throw new CureError(`kubectl apply: ${lines.slice(0, 5).join('; ')}`);
}

/** The credentials with which Argo CD reads a private repository. */
export function repositorySecret(url, token) {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'gitops-repository',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'git', url, username: 'x-access-token', password: token },
  });
}

/** The API's URL and authority: `{ url, caData }`, the latter base64 of PEM. */
export async function clusterAddress(kubectl) {
  const config = await kubectl.json(['config', 'view', '--minify', '--raw']);
  const { server, 'certificate-authority-data': caData } = config.clusters[0].cluster;
  return { url: server, caData };
}

/** A token of the account that scripts/k3d/manifests/portal makes. */
export async function portalAccount(kubectl) {
  const args = ['-n', 'portal', 'create', 'token', 'portal', `--duration=${tokenHours}h`];
  const { code, stdout, stderr } = await kubectl.run(args);
  if (code !== 0) throw new CureError(`kubectl create token: ${stderr.trim()}`);
  return stdout.trim();
}
