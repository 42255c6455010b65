import path from 'node:path';
import { ProgramError, runProgram } from '../render/runProgram';
import { hideCiphertext } from '../tenantFile/encrypted';

/** Helm refuses the chart or the values; the message is its own, in one line, without paths of this machine. */
export class ChartRefusal extends Error {
  override name = 'ChartRefusal';
}

/** Helm could not be run, or not to its end. */
export class HelmError extends Error {
  override name = 'HelmError';
}

/** How Helm is run. */
export interface HelmRun {
  /** Path of the program. */
  helm: string;
  args: readonly string[];
  /** Where it runs; by default its home. Paths in its messages are relative to it. */
  directory?: string;
  /** A folder of its own: Helm's settings, plugins and caches of this machine are not looked at. */
  home: string;
  /** Milliseconds after which it is ended. */
  timeoutMs: number;
  /** Bytes that it may print. */
  maxBytes: number;
}

/**
 * Runs Helm with bounds of time, memory and output, and without the caller's environment, so that no template can read a
 * secret from it.
 *
 * @returns what it printed
 * @throws ChartRefusal
 * @throws HelmError
 */
export async function runHelm(run: HelmRun): Promise<string> {
  const { helm, args, home, directory = home, timeoutMs, maxBytes } = run;
  const env = helmEnvironment(home);
  try {
    return await runProgram({ program: helm, args, cwd: directory, env, timeoutMs, maxBytes });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    if (error.fault === 'exit') throw new ChartRefusal(reasonOf(saidBy(args, error), directory));
    if (error.fault === 'time')
      throw new HelmError(`it takes longer than ${timeoutMs / 1000} seconds`);
    throw new HelmError(error.fault === 'start' ? `helm ${error.message}` : error.message);
  }
}

/** Nothing of the person's own at the machine takes part, and no template reads a secret. @param home - a folder of its own */
export function helmEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data'),
    GOMEMLIMIT: '512MiB',
  };
}

/** A lint says on its standard output what is wrong. */
function saidBy([command]: readonly string[], { stdout, stderr }: ProgramError): string {
  return command === 'lint' ? `${stderr}\n${stdout}` : stderr;
}

/** Helm's complaint in one line, without what it says round it and where this machine keeps things. */
export function reasonOf(said: string, directory: string): string {
  const text = said
    .split('\n')
    .map(line => line.trim())
    .filter(
      line =>
        line !== '' && !/^(Use --debug|level=|WARNING|==>|\[INFO\]|Error: \d+ chart)/.test(line),
    )
    .join(' ')
    .replace(/^Error: /, '')
    .replaceAll(`${directory}/`, '')
    .replace(/file:\/\/\S*#?'?/g, 'values.schema.json')
    // The schema's complaints name keys as paths, which stay: at '/tenant/ring'.
    .replace(/(^|[\s(]|(?<!\bat )['"])\/[^\s:'"]*\//g, '$1')
    .slice(0, 1_000);
  return hideCiphertext(text) || 'it does not render';
}
