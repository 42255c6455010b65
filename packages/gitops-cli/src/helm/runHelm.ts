import { execFile } from 'node:child_process';
import path from 'node:path';
import { hideCiphertext } from '@internal/plugin-tenant-releases-common';

/** Helm refuses the chart or the values; the message is its own, without paths of this machine. */
export class ChartRefusal extends Error {
  override name = 'ChartRefusal';
}

/** Helm could not be run at all. */
export class HelmError extends Error {
  override name = 'HelmError';
}

/** Where and with what Helm runs. */
export interface HelmPlace {
  /** The program. */
  helm: string;
  /** Absolute path of the tree. */
  tree: string;
  /** A folder that Helm may write to: its settings, plugins and caches of this machine are not looked at. */
  home: string;
}

/** One run is over by then. Milliseconds. */
const timeout = 30_000;
/** Most that one run may print. Bytes. */
const maxOutput = 32 * 1024 * 1024;

/**
 * Runs Helm in the tree's root.
 *
 * @returns what it printed
 * @throws ChartRefusal
 * @throws HelmError
 */
export async function runHelm({ helm, tree, home }: HelmPlace, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      HELM_CACHE_HOME: path.join(home, 'cache'),
      HELM_CONFIG_HOME: path.join(home, 'config'),
      HELM_DATA_HOME: path.join(home, 'data'),
    };
    const options = { cwd: tree, env, timeout, maxBuffer: maxOutput };
    const child = execFile(helm, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (typeof error.code === 'number')
        reject(
          new ChartRefusal(
            reasonOf(`${stderr}\n${args[0] === 'lint' ? stdout : ''}`, tree) ||
              `helm ended with exit code ${error.code} and said nothing`,
          ),
        );
      else reject(new HelmError(`helm could not be run: ${whyNot(error)}`));
    });
    child.stdin?.end();
  });
}

function whyNot({ code, killed }: { code?: string | number | null; killed?: boolean }): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it printed too much';
  return killed ? `it took longer than ${timeout / 1000} seconds` : String(code ?? 'unknown error');
}

/** Helm's complaint in one line, without what it says round it and where this machine keeps things. */
export function reasonOf(said: string, tree: string): string {
  return hideCiphertext(
    said
      .split('\n')
      .map(line => line.trim())
      .filter(
        line =>
          line !== '' && !/^(Use --debug|level=|WARNING|==>|\[INFO\]|Error: \d+ chart)/.test(line),
      )
      .join(' ')
      .replace(/^Error: /, '')
      .replaceAll(`file://${tree}/`, '')
      .replaceAll(`${tree}/`, '')
      // The schema's complaints name keys as paths, which stay: at '/tenant/ring'.
      .replace(/(file:\/\/)?(^|[\s(]|(?<!\bat )['"])\/[^\s:'"]*\//g, '$2')
      .slice(0, 1000),
  );
}
