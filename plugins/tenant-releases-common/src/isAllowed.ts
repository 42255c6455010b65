import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';

/** True when a permission is granted outright; a conditional decision is not. */
export function isAllowed(decision: Pick<PolicyDecision, 'result'> | undefined): boolean {
  return decision?.result === AuthorizeResult.ALLOW;
}
