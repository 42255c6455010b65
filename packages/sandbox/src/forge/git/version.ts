import { runGit } from './run';

/** `git merge-tree --write-tree` came with this one. */
const oldestVersion = [2, 38] as const;

/** Reads `git version 2.39.5 (Apple Git-154)`; undefined when it is not that. */
export function parseGitVersion(output: string): [number, number] | undefined {
  const match = /^git version (\d+)\.(\d+)/.exec(output);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** Says what is wrong with a version of Git; undefined when it will do. */
export function gitVersionProblem(output: string): string | undefined {
  const version = parseGitVersion(output);
  if (!version) {
    return `cannot read the version of Git from "${output.trim().slice(0, 80)}"`;
  }
  const [major, minor] = version;
  const [wantedMajor, wantedMinor] = oldestVersion;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) {
    return undefined;
  }
  return `git ${major}.${minor} is too old: the forge needs ${oldestVersion.join('.')} or newer`;
}

/**
 * Makes sure that Git is there and new enough.
 *
 * @throws Error that says in one line what to install.
 */
export async function checkGit(program: string): Promise<void> {
  const output = await runGit(program, ['version']).catch((error: Error) => {
    throw new Error(`cannot run ${program}: install git 2.38 or newer (${error.message})`);
  });
  const problem = gitVersionProblem(output.stdout.toString());
  if (problem) {
    throw new Error(problem);
  }
}
