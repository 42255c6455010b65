import { maxFailingChecks, type PendingProgress } from '@internal/plugin-tenant-releases-common';

type Checks = PendingProgress['checks'];

/** A check, whichever way it was reported. */
export interface CheckResult {
  name: string;
  result: 'success' | 'failure' | 'pending';
}

const passing = new Set(['success', 'neutral', 'skipped']);

/** A check run of GitHub's as a result. */
export function runResult(run: {
  name: string;
  status: string;
  conclusion?: string | null;
}): CheckResult {
  const { name, status, conclusion } = run;
  if (status !== 'completed') return { name, result: 'pending' };
  return { name, result: passing.has(conclusion ?? '') ? 'success' : 'failure' };
}

/** A commit status of GitHub's as a result. */
export function statusResult(status: { context: string; state: string }): CheckResult {
  const { context: name, state } = status;
  if (state === 'success' || state === 'pending') return { name, result: state };
  return { name, result: 'failure' };
}

/** All checks of a commit, taken together. */
export function combineChecks(results: readonly CheckResult[]): Checks {
  const failing = results.filter(({ result }) => result === 'failure').map(({ name }) => name);
  const names = [...new Set(failing)].slice(0, maxFailingChecks);
  if (names.length > 0) return { state: 'failure', failing: names };
  if (results.length === 0) return { state: 'none', failing: [] };
  const isPending = results.some(({ result }) => result === 'pending');
  return { state: isPending ? 'pending' : 'success', failing: [] };
}

/**
 * What the reviews come to: of each person the last verdict counts.
 *
 * @param reviews - the oldest first
 */
export function combineReviews(
  reviews: ReadonlyArray<{ user?: { login: string } | null; state: string }>,
): PendingProgress['review'] {
  const verdicts = new Map<string, string>();
  for (const { user, state } of reviews) {
    // A comment takes no verdict back; a dismissal does.
    if (user && state !== 'COMMENTED' && state !== 'PENDING') verdicts.set(user.login, state);
  }
  const last = [...verdicts.values()];
  if (last.includes('CHANGES_REQUESTED')) return 'changes-requested';
  return last.includes('APPROVED') ? 'approved' : 'waiting';
}
