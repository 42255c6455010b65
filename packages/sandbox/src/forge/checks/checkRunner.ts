import type { Forge } from '../forge';
import type { Change, HostedRepository } from '../model/hosted';
import { addCheckRun, gitopsCheckName, isChecked } from '../model/checks';
import { pullEnds } from '../model/pullState';
import { Exclusive } from '../model/store';
import type { CheckRun, PullRequest } from '../model/types';
import { checkGitops, type Verdict } from './gitopsCheck';
import { watchRules } from './watchRules';

/** Who the check runs belong to. */
const author = 'github-actions[bot]';

function addRun(change: Change, headSha: string, status: 'queued' | 'in_progress'): CheckRun {
  const startedAt = new Date().toISOString();
  return addCheckRun(change, {
    name: gitopsCheckName,
    headSha,
    status,
    output: {},
    startedAt,
    author,
  });
}

/**
 * Runs the required check on every pull request that is opened or updated, one at a time, and at the start on those left
 * over. A verdict is as good as the rules of its time: when these change, all open ones are judged anew.
 */
export function startChecks(
  forge: Forge,
  helm: string | undefined,
  log: (line: string) => void,
): { close(): Promise<void> } {
  const queue = new Exclusive();
  let closed = false;
  /** By repository: runs that began earlier judged by other rules. */
  const rulesSince = new Map<string, Date>();

  const run = async (repository: HostedRepository, pull: PullRequest): Promise<void> => {
    const { git, state } = repository;
    const sha = pull.head.sha;
    // By the time it is its turn the branch may have moved on: then the newer commit has a turn of its own.
    const current = state.pulls.find(one => one.number === pull.number);
    const since = rulesSince.get(repository.name) ?? new Date(0);
    if (closed || current?.head.sha !== sha || isChecked(state, sha, gitopsCheckName, since)) {
      return;
    }
    const { id } = await repository.change(async change => addRun(change, sha, 'in_progress'));
    const { base } = pullEnds(state, current);
    const fork = await git.mergeBase(base, sha);
    const verdict = await git
      .diff(fork, sha)
      .then(changes => checkGitops(repository, { base, fork, head: sha }, changes, helm))
      .catch((error: Error): Verdict => {
        log(`${gitopsCheckName} of ${repository.fullName}#${pull.number} broke: ${error.message}`);
        return { conclusion: 'failure', output: { title: 'The check itself could not be run' } };
      });
    await repository.change(async change => {
      const stored = change.state.checkRuns.find(one => one.id === id);
      if (stored) {
        const completedAt = new Date().toISOString();
        Object.assign(stored, verdict, { status: 'completed', completedAt });
      }
    });
    log(`${gitopsCheckName} of ${repository.fullName}#${pull.number}: ${verdict.conclusion}`);
  };

  let last: Promise<void> = Promise.resolve();
  const enqueue = (repository: HostedRepository, pull: PullRequest) => {
    last = queue
      .run(() => run(repository, pull))
      .catch(error => {
        log(
          `${gitopsCheckName} of ${repository.fullName}#${pull.number}: ${
            (error as Error).message
          }`,
        );
      });
  };
  const judgeAnew = async (repository: HostedRepository, since: Date) => {
    rulesSince.set(repository.name, since);
    const open = repository.state.pulls.filter(({ state }) => state === 'open');
    // All at once, so that none is merged while it waits for its turn.
    await repository.change(async change =>
      open
        .map(({ head }) => head.sha)
        .filter(sha => isChecked(change.state, sha, gitopsCheckName, new Date(0)))
        .filter(sha => !isChecked(change.state, sha, gitopsCheckName, since))
        .forEach(sha => addRun(change, sha, 'queued')),
    );
    open.forEach(pull => enqueue(repository, pull));
  };
  const concerned = (repository: HostedRepository | undefined) => repository?.name === 'platform';

  forge.listen(event => {
    const repository = forge.repository(event.repository);
    if (repository && concerned(repository) && event.type === 'pull_request') {
      if (['opened', 'synchronize', 'reopened'].includes(event.action)) {
        enqueue(repository, event.pull);
      }
    }
  });
  const rules = forge
    .list()
    .filter(concerned)
    .map(repository =>
      watchRules(forge, repository, 'main', since => judgeAnew(repository, since), log),
    );
  for (const repository of forge.list().filter(concerned)) {
    repository.state.pulls
      .filter(pull => pull.state === 'open')
      .forEach(pull => enqueue(repository, pull));
  }
  return {
    close: async () => {
      closed = true;
      rules.forEach(one => one.close());
      await last;
    },
  };
}
