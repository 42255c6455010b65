import type { Change } from './hosted';
import type { CheckRun, RepositoryState } from './types';

/** The check that the forge itself runs on pull requests of the platform's repository. */
export const gitopsCheckName = 'gitops-check';

/** Checks without which nothing goes into a branch. Only the platform's main branch has one. */
export function requiredChecks(repository: string, branch: string): string[] {
  return repository === 'platform' && branch === 'main' ? [gitopsCheckName] : [];
}

/** The newest run of each check on a commit, in the order in which they came. */
export function latestCheckRuns(state: RepositoryState, sha: string): CheckRun[] {
  const runs = state.checkRuns.filter(run => run.headSha === sha);
  return runs.filter(run => !runs.some(other => other.name === run.name && other.id > run.id));
}

const passing = ['success', 'neutral', 'skipped'];

/** Says in GitHub's words why the checks of a commit forbid the merge; undefined when they do not. */
export function checksProblem(
  state: RepositoryState,
  repository: string,
  branch: string,
  sha: string,
): string | undefined {
  const runs = latestCheckRuns(state, sha);
  for (const name of requiredChecks(repository, branch)) {
    const run = runs.find(one => one.name === name);
    if (!run) {
      return `Required status check "${name}" is expected.`;
    }
    if (run.status !== 'completed') {
      return `Required status check "${name}" is in progress.`;
    }
    if (!passing.includes(run.conclusion ?? '')) {
      return `Required status check "${name}" is failing.`;
    }
  }
  return undefined;
}

/** How many runs are kept; the oldest go first. */
const maxRuns = 2000;

/** Adds a run of a check. */
export function addCheckRun(change: Change, run: Omit<CheckRun, 'id'>): CheckRun {
  const added = { id: change.nextId(), ...run };
  change.state.checkRuns.push(added);
  change.state.checkRuns.splice(0, change.state.checkRuns.length - maxRuns);
  return added;
}

/** Whether this commit was checked, and by a run that did not begin before that moment. */
export function isChecked(state: RepositoryState, sha: string, name: string, since: Date): boolean {
  return latestCheckRuns(state, sha).some(
    run =>
      run.name === name &&
      run.status === 'completed' &&
      Date.parse(run.startedAt) >= since.getTime(),
  );
}
