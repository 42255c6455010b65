/** `yarn install`, when the lock file or a package.json changed since the last one. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { yarnNetwork } from './environment.mjs';
import { readIfThere, writeAtomically } from './files.mjs';
import { hashFiles } from './hash.mjs';
import { npmSettings } from './npm.mjs';
import { logDir, root } from './paths.mjs';
import { run, runStep } from './processes.mjs';

/** Says which lock file and packages the installed node_modules stands for; gone when node_modules is. */
const stateFile = path.join(root, 'node_modules', '.tenant-portal-state');

/** Installs the packages of the lock file. `environment` is that of the tools, with the right Node first on PATH. */
export async function installPackages(runtime, environment) {
  const state = await wantedState();
  if ((await readIfThere(stateFile)) === state) return;
  const env = { ...environment, ...(await registryFor(runtime, environment)) };
  const args = [runtime.yarn, 'install', '--immutable'];
  const options = {
    cwd: root,
    logDir,
    cure: 'Check the network and that yarn.lock is as committed (git status), then run the command again.',
  };
  const first = await runStep('Installing packages', runtime.node, args, {
    ...options,
    env,
    mayFail: diedOfRetry,
  });
  if (first.code !== 0) {
    await runStep('Installing packages again', runtime.node, args, {
      ...options,
      env: { ...env, YARN_HTTP_RETRY: '0' },
    });
  }
  await writeAtomically(stateFile, state);
}

/** Whether node_modules has been installed once, for whichever lock file. */
export async function isInstalled() {
  return (await readIfThere(stateFile)) !== undefined;
}

/** A fault of Yarn's HTTP client, which shows on slow networks and goes away without its retries. */
export function diedOfRetry(result) {
  return result.output.includes('onCancel');
}

async function wantedState() {
  const manifests = [];
  for (const group of ['packages', 'plugins', 'services']) {
    const names = await readdir(path.join(root, group)).catch(() => []);
    manifests.push(...names.map(name => `${group}/${name}/package.json`));
  }
  return hashFiles(root, [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    '.yarn/patches',
    ...manifests,
  ]);
}

/** npm's network settings for Yarn, apart from those that the user made for Yarn itself. */
async function registryFor(runtime, environment) {
  const settings = yarnNetwork(environment, await npmSettings(root, environment));
  const own = await run(runtime.node, [runtime.yarn, 'config', 'npmRegistryServer', '--json'], {
    cwd: root,
    env: environment,
  });
  if (own.code === 0 && hasOwnRegistry(own.output)) delete settings.YARN_NPM_REGISTRY_SERVER;
  return settings;
}

/** Whether Yarn's answer to `yarn config npmRegistryServer --json` comes from a configuration file of the user. */
export function hasOwnRegistry(output) {
  for (const line of output.split('\n').filter(text => text.startsWith('{'))) {
    const entry = JSON.parse(line);
    if (entry.key === 'npmRegistryServer') return !/default/i.test(String(entry.source));
  }
  return false;
}
