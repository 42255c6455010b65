import { spawn } from 'node:child_process';

/** A program that ended with a failure. */
export class ProgramError extends Error {
  constructor(
    /** Exit status; undefined when it did not start or was ended. */
    readonly exitStatus: number | undefined,
    readonly stderr: string,
    message: string,
  ) {
    super(message);
    this.name = 'ProgramError';
  }
}

/**
 * Runs a program without a shell and answers its stdout.
 * @param options.timeout - milliseconds after which it is ended.
 * @throws {@link ProgramError} when it does not start, ends with another status than 0, or takes too long.
 */
export async function runProgram(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout: number; input?: string },
): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeout);
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    // A program that ends without reading its input is judged by its status, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', error => {
      clearTimeout(timer);
      reject(new ProgramError(undefined, '', `${program}: ${error.message}`));
    });
    child.on('close', status => {
      clearTimeout(timer);
      if (status === 0) {
        resolve(Buffer.concat(stdout).toString('utf8'));
        return;
      }
      const text = Buffer.concat(stderr).toString('utf8').trim();
      const why = timedOut ? `timeout after ${options.timeout / 1000}s` : `exit status ${status}`;
      reject(new ProgramError(status ?? undefined, text, text ? `${why}: ${text}` : why));
    });
  });
}
