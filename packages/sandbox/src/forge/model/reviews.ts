import { requiredChecks } from './checks';
import type { Change } from './hosted';
import type { PullRequest } from './types';

/**
 * Takes approvals back when the branch of a pull request moves, as a protected branch does that is set to dismiss stale
 * approvals on a push (`dismiss_stale_reviews_on_push` of a ruleset). Only branches with required checks are protected.
 */
export function dismissStaleReviews(change: Change, pull: PullRequest): void {
  if (requiredChecks(change.repository.name, pull.base.ref).length === 0) return;
  for (const review of pull.reviews) {
    if (review.state === 'APPROVED') review.state = 'DISMISSED';
  }
}
