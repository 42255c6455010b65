import { GitExit, runGit } from './runGit';

/** Git refused; the message is its last line, without paths of this machine. */
export class GitError extends Error {
  override name = 'GitError';
}

/** Git gets this long for one question. Milliseconds. */
const timeoutMs = 60_000;
/** More than this is not an answer to anything asked here. */
const maxBytes = 512 * 1024 * 1024;

/**
 * Runs a read-only command of Git.
 *
 * @param directory - absolute path of a folder of the checkout
 * @param input - goes to its standard input
 * @throws GitError when Git is not there or refuses
 */
export async function git(directory: string, args: string[], input?: string): Promise<Buffer> {
  try {
    return await runGit({ checkout: directory, args, input, timeoutMs, maxBytes });
  } catch (error) {
    if (!(error instanceof GitExit)) throw error;
    if (error.reason === 'not-started') throw new GitError('git is not installed');
    const reason = error.reason === 'status' ? reasonOf(error.said) : '';
    throw new GitError(reason || `git ${args[0]} was ended`);
  }
}

function reasonOf(said: string): string {
  const lines = said.split('\n').map(line => line.trim());
  const last = lines.filter(line => line !== '').pop() ?? '';
  return last.replace(/^(fatal|error): /, '').replace(/(^|[\s'"(])\/[^\s'"]*/g, '$1(path)');
}
