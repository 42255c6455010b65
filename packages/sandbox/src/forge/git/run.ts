import { execFile } from 'node:child_process';

/** Git ended with a status that the caller did not expect. */
export class GitError extends Error {
  constructor(
    readonly command: string,
    /** Exit status; undefined when Git was killed or could not be started. */
    readonly exitCode: number | undefined,
    readonly stderr: string,
  ) {
    super(`git ${command} failed (${exitCode ?? 'killed'}): ${stderr.trim().slice(0, 500)}`);
    this.name = 'GitError';
  }
}

/** What {@link runGit} may be told. */
export interface GitRunOptions {
  /** Written to the standard input. */
  input?: string | Buffer;
  /** Added to the fixed environment. */
  env?: Record<string, string>;
  /** Exit statuses besides 0 that are an answer and no failure. */
  allowedExitCodes?: number[];
  /** Milliseconds, default 30,000. */
  timeout?: number;
}

/** The longest output that is taken from one call, in bytes. */
const maxOutput = 256 * 1024 * 1024;

/**
 * The environment of every Git process: nothing of the user's or the machine's own configuration,
 * no prompt, English messages. `safe.directory` is set because the state may lie on a volume whose files belong to another user.
 */
export function gitEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    ...extra,
  };
}

/** Which of Git's commands is called, past the options of Git itself. */
function commandOf(args: string[]): string {
  return args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--git-dir') ?? '';
}

/**
 * Runs Git without a shell and waits for it.
 *
 * @throws {@link GitError} for an exit status that is neither 0 nor allowed.
 */
export async function runGit(
  program: string,
  args: string[],
  options: GitRunOptions = {},
): Promise<{ exitCode: number; stdout: Buffer; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      {
        env: gitEnvironment(options.env),
        encoding: 'buffer',
        maxBuffer: maxOutput,
        timeout: options.timeout ?? 30_000,
      },
      (error, stdout, stderr) => {
        const exitCode = error ? error.code : 0;
        const known = typeof exitCode === 'number' ? exitCode : undefined;
        if (known === 0 || (known !== undefined && options.allowedExitCodes?.includes(known))) {
          resolve({ exitCode: known, stdout, stderr: stderr.toString() });
          return;
        }
        const reason = stderr.toString() || error?.message || '';
        reject(new GitError(commandOf(args), known, reason));
      },
    );
    // Git may end before it has read its input; the exit status says why, the broken pipe adds nothing.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}
