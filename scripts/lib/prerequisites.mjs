/** What has to be on the machine, with one line of cure for each thing that is not. */
import { CureError } from './output.mjs';
import { run } from './processes.mjs';
import { atLeast, versions } from './versions.mjs';

/** Throws a {@link CureError} when this Node or platform cannot run the set-up. */
export function checkHost({ node = process.versions.node, platform = process.platform } = {}) {
  if (!atLeast(node, versions.minimumNode)) {
    throw new CureError(
      `Node ${node} is too old: install Node 20 or newer (https://nodejs.org) and run the command again.`,
    );
  }
  if (platform !== 'linux' && platform !== 'darwin') {
    throw new CureError(
      `The embedded platform runs on Linux and macOS, not on ${platform}: on Windows, run it inside WSL 2.`,
    );
  }
}

/** Throws a {@link CureError} when git is missing or too old for server-side merges. */
export async function checkGit(git = 'git') {
  const cure = `install git ${versions.minimumGit.replace(
    /\.0$/,
    '',
  )} or newer (Debian: apt-get install git, macOS: brew install git).`;
  let answer;
  try {
    answer = await run(git, ['--version']);
  } catch (error) {
    throw new CureError(`git was not found (${error.code}): ${cure}`);
  }
  if (!atLeast(answer.output, versions.minimumGit)) {
    throw new CureError(`${answer.output.trim() || 'git'} is too old: ${cure}`);
  }
}
