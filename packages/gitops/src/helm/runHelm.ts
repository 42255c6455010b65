import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
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

/** A chart that asks for more is not one of a tenant. KiB of address space, of which Go reserves much and uses little. */
const maxMemory = 4 * 1024 * 1024;
const shell = '/bin/sh';
const limited = `ulimit -v ${maxMemory} 2>/dev/null; exec "$@"`;

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
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data'),
    GOMEMLIMIT: '512MiB',
  };
  const [program, ...rest] = existsSync(shell)
    ? [shell, '-c', limited, 'helm', helm, ...args]
    : [helm, ...args];
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      rest,
      { cwd: directory, env, timeout: timeoutMs, maxBuffer: maxBytes, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (typeof error.code === 'number' && error.code !== 126 && error.code !== 127) {
          // A lint says on its standard output what is wrong.
          const said = args[0] === 'lint' ? `${stderr}\n${stdout}` : stderr;
          reject(new ChartRefusal(reasonOf(said, directory)));
        } else reject(new HelmError(whyNot(error, timeoutMs)));
      },
    );
    child.stdin?.end();
  });
}

function whyNot(
  { code, killed }: { code?: string | number | null; killed?: boolean },
  timeoutMs: number,
): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it makes too much output';
  if (killed) return `it takes longer than ${timeoutMs / 1000} seconds`;
  return `helm cannot be run (${code ?? 'it was ended'})`;
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
