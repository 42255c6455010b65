import type { PullAnswer } from '@internal/gitops';

/** Whether a pull request is open, merged or closed. */
export function stateOf({ merged_at: mergedAt, closed_at: closedAt }: PullAnswer) {
  if (mergedAt) return 'merged' as const;
  return closedAt ? ('closed' as const) : ('open' as const);
}
