/** Brings the checkout into a state from which a command can run; silent when there is nothing to do. */
import path from 'node:path';
import { buildStale } from './builds.mjs';
import { cacheFolders, toolEnvironment } from './environment.mjs';
import { bringHelm } from './helm.mjs';
import { installPackages } from './install.mjs';
import { takeLock } from './lock.mjs';
import { binDir, toolsDir } from './paths.mjs';
import { checkGit } from './prerequisites.mjs';
import { bringRuntime } from './runtime.mjs';

/**
 * @param build - which of the builds the command needs
 * @returns `runtime` (absolute paths of Node and Yarn) and `environment` for everything that is run with them
 */
export async function setUp({ build }) {
  await checkGit();
  const release = await takeLock(path.join(toolsDir, 'lock'));
  try {
    const runtime = await bringRuntime();
    const environment = {
      ...toolEnvironment(process.env, [runtime.nodeDir, binDir]),
      ...cacheFolders(process.env, toolsDir),
    };
    await installPackages(runtime, environment);
    await bringHelm();
    await buildStale(build, runtime, environment);
    return { runtime, environment };
  } finally {
    await release();
  }
}
