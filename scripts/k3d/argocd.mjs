/** Argo CD in the local cluster: installed from a pinned manifest, and a read-only token for the portal. */
import { createHash } from 'node:crypto';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere, writeAtomically } from '../lib/files.mjs';
import { CureError } from '../lib/output.mjs';
import { pins } from './pins.mjs';

/** Milliseconds: images are fetched meanwhile. */
const rolloutMs = 600_000;

/**
 * Argo CD's manifest, from a file or fetched. Throws a {@link CureError} unless it is the very one that is pinned.
 * @param file - a copy; undefined fetches it
 */
export async function readManifest(
  file,
  { fetchText = fetchManifest, sha256 = pins.argocd.sha256 } = {},
) {
  const source = file ?? pins.argocd.url;
  const text = file ? await readFile(file, 'utf8').catch(refuse(source)) : await fetchText(source);
  const found = createHash('sha256').update(text).digest('hex');
  if (found === sha256) return text;
  throw new CureError(
    `${source} is not Argo CD ${pins.argocd.version}: its SHA-256 is ${found}, not ${sha256}.`,
  );
}

const refuse = source => error => {
  throw new CureError(
    `${source}: ${
      error.code ?? error.message
    }. Fetch Argo CD's install.yaml yourself and name it with --argocd-manifest.`,
  );
};

async function fetchManifest(url) {
  const fail = refuse(url);
  const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch(error =>
    fail(error.cause ?? error),
  );
  if (!answer.ok) fail(new Error(`HTTP ${answer.status}`));
  return answer.text();
}

/**
 * Puts what is applied into one folder: Argo CD, the settings of this cluster, and the local repository's when it is used.
 * @returns the folder for `kubectl apply -k`
 */
export async function composeInstall({ folders, manifest, withLocalGit }) {
  const { install, manifests } = folders;
  await rm(install, { recursive: true, force: true });
  await cp(manifests, install, { recursive: true });
  await writeAtomically(path.join(install, 'argocd-base', 'install.yaml'), manifest);
  const lines = ['resources: [argocd]', ...(withLocalGit ? ['components: [local-git]'] : [])];
  await writeAtomically(path.join(install, 'kustomization.yaml'), `${lines.join('\n')}\n`);
  return install;
}

/** Waits until every part of Argo CD runs. */
export async function waitForArgocd(kubectl) {
  const parts = ['deployments', 'statefulsets'];
  const { items } = await kubectl.json(['-n', 'argocd', 'get', parts.join(',')]);
  for (const { kind, metadata } of items) {
    const name = `${kind.toLowerCase()}/${metadata.name}`;
    const args = ['-n', 'argocd', 'rollout', 'status', name, `--timeout=${rolloutMs / 1000}s`];
    const { code, stderr } = await kubectl.run(args, { timeoutMs: rolloutMs + 10_000 });
    if (code === 0) continue;
    throw new CureError(
      `${name} does not come up (${
        stderr.trim().split('\n')[0]
      }): kubectl -n argocd describe pods says why.`,
    );
  }
}

/**
 * A token of the account `backstage`: the one that the overlay holds, when it is still good, else a new one.
 * @param url - of Argo CD
 */
export async function portalToken({ kubectl, url, overlay }) {
  const known = /^ +token: '([^']+)' # argocd$/m.exec((await readIfThere(overlay)) ?? '')?.[1];
  if (known && (await isAccepted(url, known))) return known;
  const args = ['-n', 'argocd', 'get', 'secret', 'argocd-initial-admin-secret'];
  const secret = await kubectl.json(args).catch(() => undefined);
  if (!secret) {
    throw new CureError(
      "Argo CD's first password is gone, so no token can be made: scripts/k3d-down and k3d-up again, or make one with argocd account generate-token --account backstage.",
    );
  }
  const password = Buffer.from(secret.data.password, 'base64').toString('utf8');
  const session = await ask(`${url}/api/v1/session`, { username: 'admin', password });
  const made = await ask(`${url}/api/v1/account/backstage/token`, {}, session.token);
  return made.token;
}

async function isAccepted(url, token) {
  const answer = await fetch(`${url}/api/v1/applications?fields=metadata.resourceVersion`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  return answer?.ok === true;
}

async function ask(url, body, token) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  }).catch(error => {
    throw new CureError(`${url}: ${error.cause?.code ?? error.message}. Does Argo CD run?`);
  });
  if (!answer.ok) throw new CureError(`${url}: HTTP ${answer.status}`);
  return answer.json();
}
