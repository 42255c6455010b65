import { endGroup, startGroup } from './processGroup';
import { checkoutEnvironment, gitEnvironment, type GitAccess } from './gitEnvironment';

/** How Git is run. */
export interface GitRun {
  args: readonly string[];
  /** Path of the program; default: the one on the PATH. */
  program?: string;
  /** Absolute path of a bare repository. */
  gitDir?: string;
  /** Absolute path of a folder of a checkout, in place of `gitDir`: read as the person who runs this program may read it. */
  checkout?: string;
  /** Whom it may speak to; absent: nobody. */
  access?: GitAccess;
  /** Further settings of Git. */
  settings?: Readonly<Record<string, string>>;
  /** Names of environment variables of this process that it needs, too. */
  inherits?: readonly string[];
  /** Goes to its standard input. */
  input?: string;
  /** Exit statuses besides 0 that are an answer. */
  answers?: readonly number[];
  timeoutMs: number;
  /** Bytes that it may print; default 64 MiB. */
  maxBytes?: number;
  /** Bytes that a file which it writes may have. */
  maxFileBytes?: number;
  /** Takes what it prints as it comes, instead of {@link runGit}'s answer; `false` ends it: enough is known. */
  onOutput?(part: Buffer): boolean | void;
  signal?: AbortSignal;
}

/** Git did not end as it should. The message is Git's own: to decide by, not to show. */
export class GitExit extends Error {
  override name = 'GitExit';

  constructor(
    readonly command: string,
    readonly reason: 'status' | 'signal' | 'not-started' | 'timeout' | 'output' | 'aborted',
    /** The last 8,000 characters of what it said. */
    readonly said: string,
    readonly status?: number,
  ) {
    super(`git ${command} ended (${reason}${status === undefined ? '' : ` ${status}`})`);
  }
}

const shell = '/bin/sh';
/** POSIX counts files in blocks of 512 bytes. */
const limited = 'ulimit -f "$1" || exit 1; shift; exec "$@"';

/**
 * Runs Git without a terminal, without the user's configuration, within bounds of time and output. Its whole process group
 * ends with it.
 *
 * @returns what it printed
 * @throws GitExit
 */
export function runGit(run: GitRun): Promise<Buffer> {
  const { args, gitDir, checkout, access, timeoutMs, maxBytes = 64 * 1024 * 1024, signal } = run;
  const [command] = args;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new GitExit(command, 'aborted', ''));
      return;
    }
    const [program, ...rest] = commandOf(run);
    const child = startGroup(program, rest, {
      env: environmentOf(run),
      cwd: checkout ?? gitDir ?? '/',
    });
    const output: Buffer[] = [];
    let size = 0;
    let said = '';
    let ended: GitExit['reason'] | 'enough' | undefined;
    const end = (reason: typeof ended) => {
      ended ??= reason;
      endGroup(child);
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    const abort = () => end('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (part: Buffer) => {
      if (ended) return;
      size += part.length;
      if (size > maxBytes) end('output');
      else if (!run.onOutput) output.push(part);
      else if (run.onOutput(part) === false) end('enough');
    });
    child.stderr.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-8_000);
    });
    const exit = (reason: GitExit['reason'], status?: number) =>
      reject(new GitExit(command, reason, withoutSecrets(said, access), status));
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    child.on('error', error => {
      finish();
      reject(new GitExit(command, 'not-started', error.message));
    });
    child.on('close', (status, by) => {
      finish();
      const isAnswer = status !== null && [0, ...(run.answers ?? [])].includes(status);
      if (ended === 'enough' || (isAnswer && !ended)) resolve(Buffer.concat(output));
      else exit(ended ?? reasonOf(status, by), status ?? undefined);
    });
    // Git may end before it has read everything; its status says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input ?? '');
  });
}

function environmentOf({ checkout, access, settings, inherits = [] }: GitRun): NodeJS.ProcessEnv {
  if (checkout !== undefined) return checkoutEnvironment();
  const env = gitEnvironment(access, settings);
  for (const name of inherits) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}

/** A server may repeat what it was sent. */
function withoutSecrets(said: string, access: GitAccess | undefined): string {
  const [, value] = access?.authorization?.split(' ') ?? [];
  if (!value) return said;
  const password = Buffer.from(value, 'base64').toString().split(':').pop() || value;
  return said.replaceAll(value, '***').replaceAll(password, '***');
}

function reasonOf(status: number | null, signal: string | null): GitExit['reason'] {
  if (signal === 'SIGXFSZ') return 'output';
  // A shell that cannot find the program.
  if (status === 126 || status === 127) return 'not-started';
  return status === null ? 'signal' : 'status';
}

function commandOf({ program = 'git', gitDir, args, maxFileBytes }: GitRun): string[] {
  const git = [program, '--no-pager', ...(gitDir ? ['--git-dir', gitDir] : []), ...args];
  if (maxFileBytes === undefined) return git;
  return [shell, '-c', limited, 'git', String(Math.ceil(maxFileBytes / 512)), ...git];
}
