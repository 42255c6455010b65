import type { SourceStatus } from './source';

/** What the checks of a pull request say, taken together. */
export interface PendingChecks {
  /** none: nobody has reported a check; unknown: the Git host has not said. */
  state: 'success' | 'failure' | 'pending' | 'none' | 'unknown';
  /** Names of those that failed; at most {@link maxFailingChecks}. */
  failing: string[];
}

/** Names of failing checks that are told of one pull request. */
export const maxFailingChecks = 10;

/** Where the pull request of an onboarding stands. */
export interface PendingProgress {
  state: 'open' | 'merged' | 'closed';
  isDraft: boolean;
  checks: PendingChecks;
  review: 'waiting' | 'approved' | 'changes-requested' | 'unknown';
  /** Whether it can be merged into the branch as that is now. */
  merge: 'clean' | 'conflict' | 'unknown';
}

/** What has to happen next, and who does it. */
export interface PendingStep {
  code:
    | 'resolve-conflict'
    | 'mend-checks'
    | 'finish-draft'
    | 'change'
    | 'wait-for-checks'
    | 'review'
    | 'look'
    | 'merge'
    | 'reconcile'
    | 'start-again';
  /** One sentence, for people. */
  text: string;
  /** `nobody`: it happens by itself. */
  who: 'requester' | 'platform' | 'nobody';
}

/** The onboarding of a tenant: its pull request, and what that would make. */
export interface PendingTenant extends PendingProgress {
  tenant: string;
  service: string;
  /** Of the tenant file on the branch; absent while that is not read, or cannot be. */
  displayName?: string;
  /** See `displayName`. */
  version?: string;
  /** See `displayName`. Entity ref. */
  owner?: string;
  /** Entity ref of the person who filled in the form, as the pull request says. */
  requestedBy?: string;
  pullRequest: {
    number: number;
    url: string;
    title: string;
    openedAt: string;
    /** When it was merged or closed. */
    endedAt?: string;
  };
  next: PendingStep;
  /** Further open pull requests for the same tenant: only one can be merged. */
  others: { number: number; url: string }[];
}

/** `GET /pending-tenants`: the open ones, the one that was opened last first. */
export interface PendingTenantList {
  items: PendingTenant[];
  /** The Git host; when it is away, `items` is what was known last. */
  source: SourceStatus;
}

/** `GET /pending-tenants/:tenant` */
export interface PendingTenantAnswer {
  /** The open onboarding, else the one that ended last; absent when none is known. */
  item?: PendingTenant;
  source: SourceStatus;
}

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
