/** Arguments of `scripts/verify`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CureError } from '../lib/output.mjs';

export const usage = `Usage: npm run verify -- [options]      or: scripts/verify [options]

Runs the commands that prove a tenant platform and prints pass, fail or "not here" for each, with the command itself.
Without options it looks at the embedded platform when that runs, else at kubectl's current context.

  --tenant <name>        only this tenant (repeatable); default: every namespace with the label tenant-releases.io/tenant
  --kubeconfig <file>    another cluster
  --context <name>       another context of the kubeconfig
  --prometheus <url>     default $PROMETHEUS_URL, else port-forward to service/prometheus
  --loki <url>           default $LOKI_URL, else port-forward to service/loki
  --grafana <url>        default $GRAFANA_URL, else port-forward to service/grafana
  --argocd <url>         default $ARGOCD_URL, else port-forward to service/argocd-server
  --observability <ns>   namespace of Prometheus, Loki and Grafana (default observability)
  --output <text|json>   default text
  --help

Credentials come from the environment: ARGOCD_TOKEN, GRAFANA_TOKEN, PROMETHEUS_TOKEN, LOKI_TOKEN (bearer tokens).
Exit code: 0 nothing failed, 1 something failed or the cluster does not answer, 2 wrong use.

Examples:
  npm run verify
  npm run verify -- --context k3d-tenant-portal --output json
  scripts/verify --tenant tenant-a --prometheus http://localhost:9090`;

const options = {
  tenant: { type: 'string', multiple: true },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  prometheus: { type: 'string' },
  loki: { type: 'string' },
  grafana: { type: 'string' },
  argocd: { type: 'string' },
  observability: { type: 'string', default: 'observability' },
  output: { type: 'string', default: 'text' },
  help: { type: 'boolean', default: false },
};

/** Servers that can be named by URL, and the variables that name them. */
export const urlVariables = {
  prometheus: 'PROMETHEUS_URL',
  loki: 'LOKI_URL',
  grafana: 'GRAFANA_URL',
  argocd: 'ARGOCD_URL',
};

/** Wrong use of a command: exit code 2. */
export class UsageError extends CureError {
  exitCode = 2;
}

/**
 * Reads the arguments. Throws a {@link UsageError} that names what is wrong.
 * @param callerDirectory - what a relative --kubeconfig is relative to
 * @returns `{ help, output, tenants, kubeconfig, context, observability, urls }`; `urls` holds only what was given
 */
export function readArguments(args, callerDirectory) {
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new UsageError(`${error.message.split('. ')[0]}. See --help.`);
  }
  if (!['text', 'json'].includes(values.output)) {
    throw new UsageError(`--output ${values.output}: choose text or json.`);
  }
  const names = [...(values.tenant ?? []), values.observability];
  const bad = names.find(name => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
  if (bad !== undefined) {
    throw new UsageError(`"${bad}" is not a namespace: use lower-case letters, digits and "-".`);
  }
  const urls = {};
  for (const name of Object.keys(urlVariables)) {
    if (values[name] !== undefined) urls[name] = parseUrl(`--${name}`, values[name]);
  }
  const { help, output, context, observability, tenant: tenants = [] } = values;
  const kubeconfig = values.kubeconfig && path.resolve(callerDirectory, values.kubeconfig);
  return { help, output, tenants, kubeconfig, context, observability, urls };
}

/**
 * The URLs that the environment names.
 * @param env - for example `process.env`
 */
export function urlsFrom(env) {
  const given = Object.entries(urlVariables).filter(([, variable]) => env[variable]);
  return Object.fromEntries(
    given.map(([name, variable]) => [name, parseUrl(variable, env[variable])]),
  );
}

/** Without a slash at the end. */
function parseUrl(source, text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new UsageError(
      `${source} ${text}: give an http or https URL such as http://localhost:9090, credentials by environment.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
