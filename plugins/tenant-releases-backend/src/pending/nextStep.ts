import type { PendingProgress, PendingStep } from '@internal/plugin-tenant-releases-common';

const steps: Record<PendingStep['code'], Omit<PendingStep, 'code'>> = {
  reconcile: {
    text: 'Merged. Argo CD creates the tenant; its rows appear once it has, usually within seconds.',
    who: 'nobody',
  },
  'start-again': {
    text: 'Closed without a merge: nothing was created. Fill in the form again if the tenant is still wanted.',
    who: 'requester',
  },
  'resolve-conflict': {
    text: 'It conflicts with what was merged since: close it and fill in the form again.',
    who: 'requester',
  },
  'mend-checks': { text: 'Checks fail: see why, and correct the branch.', who: 'requester' },
  change: { text: 'A reviewer asks for changes.', who: 'requester' },
  'finish-draft': { text: 'It is a draft: mark it as ready for review.', who: 'requester' },
  'wait-for-checks': { text: 'The checks run.', who: 'nobody' },
  merge: { text: 'It is approved and waits to be merged.', who: 'platform' },
  review: { text: 'It waits for a review.', who: 'platform' },
  look: {
    text: 'Whether it is reviewed is not known: look at the pull request.',
    who: 'platform',
  },
};

/** What has to happen next with an onboarding: of several things the one without which the others are in vain. */
export function nextStep(progress: PendingProgress): PendingStep {
  const code = codeOf(progress);
  return { code, ...steps[code] };
}

function codeOf({ state, isDraft, checks, review, merge }: PendingProgress): PendingStep['code'] {
  if (state === 'merged') return 'reconcile';
  if (state === 'closed') return 'start-again';
  if (merge === 'conflict') return 'resolve-conflict';
  if (checks.state === 'failure') return 'mend-checks';
  if (review === 'changes-requested') return 'change';
  if (isDraft) return 'finish-draft';
  if (checks.state === 'pending') return 'wait-for-checks';
  if (review === 'unknown') return 'look';
  return review === 'approved' ? 'merge' : 'review';
}
