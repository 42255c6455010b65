/** Arguments of `scripts/k3d-up` and `scripts/k3d-down`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../verification/arguments.mjs';
import { defaultName } from './folders.mjs';

export const upUsage = `Usage: scripts/k3d-up [options]

Makes a local cluster with k3d (https://k3d.io): Argo CD, this repository's gitops/ tree, and accounts for the portal. Run
again, it mends what is missing. Needs Docker, k3d, kubectl and git.

  --repository <url>        Argo CD takes its files from the branch main of this Git repository (https), for example
                            your copy on GitHub (default $GITOPS_REPOSITORY); without one, from a bare repository on this
                            machine that holds the last commit of this checkout, published anew by each run
  --name <name>             of the cluster (default ${defaultName})
  --argocd-port <port>      loopback port of Argo CD (default 8090)
  --api-port <port>         loopback port of the Kubernetes API (default 6550)
  --registry-port <port>    loopback port of the cluster's registry (default 5510)
  --argocd-manifest <file>  a copy of Argo CD's install.yaml, where it cannot be fetched; its checksum must fit
  --no-images               do not build demo-api; the cluster pulls what the tenant files name
  --help

A private repository is read with the token in GITOPS_REPOSITORY_TOKEN. Nothing secret is printed: the portal's
credentials are written to app-config.k3d.local.yaml (app-config.<name>.local.yaml for a cluster of another name), which
Git ignores and only you can read.
Exit code: 0 done, 1 something is missing or failed, 2 wrong use.

Examples:
  scripts/k3d-up
  scripts/k3d-up --repository https://github.com/your-name/platform.git
  npm start -- --config app-config.k3d.local.yaml`;

export const downUsage = `Usage: scripts/k3d-down [--name <name>]

Removes the cluster of scripts/k3d-up (default ${defaultName}), its repository on this machine and its configuration files.`;

const name = { type: 'string', default: defaultName };
const help = { type: 'boolean', default: false };
const upOptions = {
  repository: { type: 'string' },
  name,
  'argocd-port': { type: 'string', default: '8090' },
  'api-port': { type: 'string', default: '6550' },
  'registry-port': { type: 'string', default: '5510' },
  'argocd-manifest': { type: 'string' },
  'no-images': { type: 'boolean', default: false },
  help,
};

/**
 * Reads the arguments of k3d-up. Throws a {@link UsageError} that names what is wrong.
 * @param environment - `env` and the directory that relative paths are relative to
 * @returns `{ help, repository?, repositoryToken?, name, argocdPort, apiPort, registryPort, argocdManifest?, images }`
 */
export function readUpArguments(args, { env, callerDirectory }) {
  const values = parse(args, upOptions);
  const repository = values.repository ?? (env.GITOPS_REPOSITORY || undefined);
  if (repository !== undefined) checkRepository(repository);
  const manifest = values['argocd-manifest'];
  return {
    help: values.help,
    repository,
    repositoryToken: env.GITOPS_REPOSITORY_TOKEN || undefined,
    name: checkName(values.name),
    argocdPort: port('--argocd-port', values['argocd-port']),
    apiPort: port('--api-port', values['api-port']),
    registryPort: port('--registry-port', values['registry-port']),
    argocdManifest: manifest && path.resolve(callerDirectory, manifest),
    images: !values['no-images'],
  };
}

/** Reads the arguments of k3d-down. Throws a {@link UsageError} that names what is wrong. */
export function readDownArguments(args) {
  const values = parse(args, { name, help });
  return { help: values.help, name: checkName(values.name) };
}

function parse(args, options) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(`${error.message.split('. ')[0]}. See --help.`);
  }
}

/** k3d adds "k3d-" and "-server-0" to it, and the whole is a host name of at most 63 characters. */
function checkName(text) {
  if (/^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$/.test(text)) return text;
  throw new UsageError(
    `--name ${text}: use at most 32 lower-case letters, digits and "-", a letter first.`,
  );
}

function port(option, text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65535) return number;
  throw new UsageError(`${option} ${text}: use a whole number from 1 to 65535.`);
}

function checkRepository(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && !url.username && !url.search && !url.hash) return;
  throw new UsageError(
    `--repository ${text.replace(
      /\/\/[^/]*@/,
      '//...@',
    )}: give an https URL without credentials; a token belongs into GITOPS_REPOSITORY_TOKEN.`,
  );
}
