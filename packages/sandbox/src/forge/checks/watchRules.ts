import { readPolicy, freezeEdges } from '@internal/gitops';
import type { Forge } from '../forge';
import type { HostedRepository } from '../model/hosted';
import { hostedTree } from './hostedTree';

/** The longest time that a timer takes, in milliseconds; longer ones ring at once. */
const maxTimer = 2 ** 31 - 1;

/**
 * Tells from when on pull requests into a branch may be judged otherwise: when the policy on it is another, and when one of
 * its freezes begins or ends. At the start it tells when that was last.
 */
export function watchRules(
  forge: Forge,
  repository: HostedRepository,
  branch: string,
  onChange: (since: Date) => Promise<void>,
  log: (line: string) => void,
): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let known: { text: string | undefined; last: number } | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function look(): Promise<void> {
    const tip = repository.state.branches[branch];
    if (isClosed || tip === undefined) return;
    const { text, policy } = await readPolicy(await hostedTree(repository, tip));
    const now = new Date();
    const { last = new Date(0), next } = freezeEdges(policy, now);
    const since = known && known.text !== text ? now : last;
    const isNew = since.getTime() > (known?.last ?? 0);
    known = { text, last: Math.max(since.getTime(), known?.last ?? 0) };
    clearTimeout(timer);
    if (isClosed) return;
    if (next) {
      const wait = Math.min(Math.max(next.getTime() - now.getTime(), 1), maxTimer);
      timer = setTimeout(ask, wait).unref();
    }
    if (isNew) await onChange(since);
  }

  function ask(): void {
    looking = looking
      .then(look)
      .catch((error: Error) => log(`${repository.fullName}: ${error.message}`));
  }

  forge.listen(event => {
    const isOfBranch = event.type === 'push' && event.branch === branch;
    if (isOfBranch && event.repository === repository.name) ask();
  });
  ask();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
