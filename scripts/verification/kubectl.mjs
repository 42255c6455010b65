/** kubectl: where it is, how it is called, and how it forwards a port. */
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { CureError } from '../lib/output.mjs';
import { binDir, toolsDir, which } from '../lib/paths.mjs';

/** Milliseconds; a cluster that does not answer must not hold the others up. */
const patienceMs = 30_000;

/** Where a kubectl may be: the user's own, else what the set-up or the tests unpacked. */
const usualFolders = [process.env.PATH ?? '', binDir, path.join(toolsDir, 'testing')];

/** The path of kubectl. Throws a {@link CureError} when there is none. */
export async function findKubectl(folders = usualFolders) {
  const program = await which('kubectl', folders.join(path.delimiter));
  if (program) return program;
  throw new CureError(
    'kubectl was not found: install it (https://kubernetes.io/docs/tasks/tools/, macOS: brew install kubectl) and run the command again.',
  );
}

/** kubectl for one cluster. */
export class Kubectl {
  #program;
  #base;
  #forwards = [];

  /** @param cluster - `kubeconfig` and `context`, each optional */
  constructor(program, { kubeconfig, context } = {}) {
    this.#program = program;
    this.#base = [
      ...(kubeconfig ? ['--kubeconfig', kubeconfig] : []),
      ...(context ? ['--context', context] : []),
    ];
  }

  /**
   * Runs to the end and answers `{ code, stdout, stderr }`.
   * @param input - for standard input
   * @param timeoutMs - after which it is ended
   */
  run(args, { input, timeoutMs = patienceMs } = {}) {
    return new Promise((resolve, reject) => {
      const options = { timeout: timeoutMs, maxBuffer: 256 * 1024 * 1024 };
      const child = execFile(
        this.#program,
        [...this.#base, ...args],
        options,
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number' && !error.killed) reject(error);
          else if (error?.killed) {
            resolve({ code: 1, stdout, stderr: `no answer within ${timeoutMs / 1000} s` });
          } else resolve({ code: error?.code ?? 0, stdout, stderr });
        },
      );
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
    });
  }

  /** The parsed answer of a command that prints JSON. Throws an Error with kubectl's own words. */
  async json(args) {
    const { code, stdout, stderr } = await this.run([...args, '-o', 'json']);
    if (code !== 0) throw new Error(firstLine(stderr) || `kubectl ended with ${code}`);
    return JSON.parse(stdout);
  }

  /**
   * Forwards a free loopback port until {@link close} and answers its base URL.
   * @param target - for example `service/prometheus`
   */
  forward(namespace, target, port) {
    const args = [...this.#base, '-n', namespace, 'port-forward', target, `:${port}`];
    const child = spawn(this.#program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#forwards.push(child);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('port-forward: no answer in 15 s')), 15_000);
      let said = '';
      const take = data => {
        said += data;
        const match = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said);
        if (!match) return;
        clearTimeout(timer);
        resolve(`http://127.0.0.1:${match[1]}`);
      };
      child.stdout.setEncoding('utf8').on('data', take);
      child.stderr.setEncoding('utf8').on('data', take);
      child.once('error', reject);
      child.once('exit', () => {
        clearTimeout(timer);
        reject(new Error(firstLine(said) || 'port-forward ended'));
      });
    });
  }

  /** Ends what {@link forward} started. */
  close() {
    for (const child of this.#forwards.splice(0)) child.kill();
  }
}

/** The first line that says something; kubectl logs retries before its error. */
export function firstLine(text) {
  const lines = text.split('\n').filter(line => line.trim() && !/^[EIW]\d{4} /.test(line));
  return lines[0]?.trim() ?? '';
}
