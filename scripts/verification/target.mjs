/** Which platform is verified, and where its servers are. */
import path from 'node:path';
import { exists } from '../lib/paths.mjs';
import { runningPortal, stateDir } from '../lib/running.mjs';
import { urlsFrom } from './arguments.mjs';

/**
 * The platform to verify: the embedded one when it runs and no cluster was named, else a cluster.
 * @param given - what `readArguments` answers
 * @param environment - `env`, and `findEmbedded` for tests
 * @returns `{ kind: 'embedded' | 'cluster', kubeconfig?, context?, urls, observability, tokens }`
 */
export async function findTarget(given, { env = process.env, findEmbedded = embedded } = {}) {
  const { kubeconfig, context, observability, urls } = given;
  const tokens = {
    argocd: env.ARGOCD_TOKEN,
    grafana: env.GRAFANA_TOKEN,
    prometheus: env.PROMETHEUS_TOKEN,
    loki: env.LOKI_TOKEN,
  };
  if (!kubeconfig && !context) {
    const found = await findEmbedded();
    if (found) {
      // Variables are about another platform; a flag is about this run.
      return { kind: 'embedded', ...found, observability, urls: { ...found.urls, ...urls } };
    }
  }
  const where = { kubeconfig, context };
  return { kind: 'cluster', ...where, observability, urls: { ...urlsFrom(env), ...urls }, tokens };
}

/** The embedded platform of this checkout; undefined when it does not run. */
async function embedded() {
  const directory = stateDir();
  const control = await runningPortal(directory);
  if (!control) return undefined;
  const kubeconfig = path.join(directory, 'kubernetes', 'kubeconfig');
  if (!(await exists(kubeconfig))) return undefined;
  const answer = await fetch(`${control.url}/status`, {
    headers: { authorization: `Bearer ${control.token}` },
    signal: AbortSignal.timeout(5000),
  });
  const { servers } = await answer.json();
  const named = servers.filter(({ name }) => ['prometheus', 'loki', 'argocd'].includes(name));
  return {
    kubeconfig,
    urls: Object.fromEntries(named.map(({ name, url }) => [name, url])),
    // Opens nothing but loopback servers; the same as in app-config.sandbox.yaml.
    tokens: { argocd: 'sandbox-argocd-token' },
  };
}

/** How a person reaches the same cluster in a shell; undefined when nothing has to be set. */
export function shellHint({ kubeconfig, context }) {
  if (kubeconfig) return `export KUBECONFIG=${path.resolve(kubeconfig)}`;
  return context ? `kubectl config use-context ${context}` : undefined;
}
