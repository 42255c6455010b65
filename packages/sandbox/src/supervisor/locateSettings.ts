import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SandboxSettings, sandboxSettings } from '../settings';

/**
 * The settings of a checkout on this machine. PORT moves the portal, SANDBOX_PORT_BASE the servers, SANDBOX_STATE_DIR the
 * state (relative to the checkout).
 */
export async function locateSettings(
  repositoryRoot: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SandboxSettings> {
  const tools = {
    git: (await which('git', env.PATH)) ?? 'git',
    helm: await which('helm', env.PATH),
    kubectl: await which('kubectl', env.PATH),
  };
  return sandboxSettings({
    repositoryRoot,
    stateDir: path.resolve(repositoryRoot, env.SANDBOX_STATE_DIR || '.sandbox'),
    portBase: env.SANDBOX_PORT_BASE ? Number(env.SANDBOX_PORT_BASE) : undefined,
    portalPort: env.PORT ? Number(env.PORT) : undefined,
    tools,
  });
}

/** The absolute path of a program on a PATH. */
export async function which(name: string, searchPath = ''): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const file = path.resolve(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

const execute = promisify(execFile);

/** The first line of `<program> <args>`, for the table of tools. */
export async function programVersion(file: string, args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await execute(file, args, { timeout: 5000 });
    return (stdout || stderr).split('\n')[0].trim();
  } catch (error) {
    return `does not run (${(error as Error).message.split('\n')[0]})`;
  }
}
