import { spawn } from 'node:child_process';

/** Git refused; the message is its last line, without paths of this machine. */
export class GitError extends Error {
  override name = 'GitError';
}

/** Git gets this long for one question. Milliseconds. */
const timeout = 60_000;
/** More than this is not an answer to anything asked here. Bytes. */
const maxOutput = 512 * 1024 * 1024;

/** What a checkout could make Git run or read is switched off. */
const safe = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
];

/**
 * Runs a read-only command of Git.
 *
 * @param directory - absolute path of a folder of the checkout
 * @param input - goes to its standard input
 * @throws GitError when Git is not there or refuses
 */
export async function git(directory: string, args: string[], input?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--no-pager', '--no-replace-objects', ...safe, ...args], {
      cwd: directory,
      env: {
        ...withoutRepository(process.env),
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
        LC_ALL: 'C',
      },
      timeout,
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    let size = 0;
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > maxOutput) child.kill('SIGKILL');
      else output.push(part);
    });
    child.stderr.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-4000);
    });
    child.on('error', error => {
      const reason =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not installed' : error.message;
      reject(new GitError(reason));
    });
    child.on('close', code => {
      if (code === 0 && size <= maxOutput) resolve(Buffer.concat(output));
      else reject(new GitError(reasonOf(said) || `git ${args[0]} was ended`));
    });
    // Git may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** Within a hook Git says which repository it is in; what is asked here is about another folder. */
function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_EXTERNAL_DIFF'];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function reasonOf(said: string): string {
  const lines = said.split('\n').map(line => line.trim());
  const last = lines.filter(line => line !== '').pop() ?? '';
  return last.replace(/^(fatal|error): /, '').replace(/(^|[\s'"(])\/[^\s'"]*/g, '$1(path)');
}
