import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Why a program came to no end of its own. */
type ProgramFault = 'exit' | 'time' | 'size' | 'start';

/** A program that failed. */
export class ProgramError extends Error {
  override name = 'ProgramError';

  constructor(
    readonly fault: ProgramFault,
    message: string,
    readonly stderr = '',
    readonly stdout = '',
    readonly exitStatus?: number,
  ) {
    super(message);
  }
}

/** How a program is run. */
export interface ProgramRun {
  program: string;
  args: readonly string[];
  /** By default where this process runs. */
  cwd?: string;
  /** All of its environment. */
  env: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  timeoutMs: number;
  /** Bytes that it may print. */
  maxBytes: number;
}

/** KiB of address space, of which Go reserves much and uses little. What asks for more is no release. */
const maxMemory = 4 * 1024 * 1024;
const shell = '/bin/sh';
const limited = `ulimit -v ${maxMemory} 2>/dev/null; exec "$@"`;

/**
 * Runs a program that renders with bounds of time, memory and output, and without the caller's environment.
 *
 * @returns what it printed
 * @throws ProgramError
 */
export async function runProgram(run: ProgramRun): Promise<string> {
  const { program, args, cwd, env, timeoutMs, maxBytes } = run;
  const [file, ...rest] = existsSync(shell)
    ? [shell, '-c', limited, 'sh', program, ...args]
    : [program, ...args];
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      rest,
      { cwd, env, timeout: timeoutMs, maxBuffer: maxBytes, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const { code, killed } = error;
        const said = stderr.trim();
        if (typeof code === 'number' && code !== 126 && code !== 127) {
          const why = `exit status ${code}`;
          const message = said ? `${why}: ${said}` : why;
          return reject(new ProgramError('exit', message, stderr, stdout, code));
        }
        if (String(code) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
          return reject(new ProgramError('size', 'it makes too much output'));
        }
        if (killed) {
          return reject(new ProgramError('time', `timeout after ${timeoutMs / 1000}s`));
        }
        return reject(new ProgramError('start', `cannot be run (${code ?? 'it was ended'})`));
      },
    );
    // A program that ends without reading its input is known by its status, not by the broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
}
