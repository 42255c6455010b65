import {
  maxFailingChecks,
  type PendingTenant,
  type ReleaseState,
} from '@internal/plugin-tenant-releases-common';

/** A fact of an onboarding in a few words, and the state whose colour and icon it has. */
export interface PendingMark {
  word: string;
  state: ReleaseState;
}

function failingWord(named: number): string {
  if (named === 0) return 'checks fail';
  if (named === 1) return '1 check fails';
  // No more than these are named, however many there are.
  return `${named}${named < maxFailingChecks ? '' : ' or more'} checks fail`;
}

/** What the checks say. */
export function checksMark({ state, failing }: PendingTenant['checks']): PendingMark {
  switch (state) {
    case 'success':
      return { word: 'checks green', state: 'in-sync' };
    case 'failure':
      return { word: failingWord(failing.length), state: 'degraded' };
    case 'pending':
      return { word: 'checks run', state: 'progressing' };
    case 'none':
      return { word: 'no checks', state: 'unknown' };
    default:
      return { word: 'checks not known', state: 'unknown' };
  }
}

const reviews: Record<PendingTenant['review'], PendingMark> = {
  waiting: { word: 'waits for review', state: 'progressing' },
  approved: { word: 'approved', state: 'in-sync' },
  'changes-requested': { word: 'changes wanted', state: 'degraded' },
  unknown: { word: 'review not known', state: 'unknown' },
};

/** What the reviews say. */
export function reviewMark({ review, isDraft }: PendingTenant): PendingMark {
  return isDraft ? { word: 'draft', state: 'unknown' } : reviews[review];
}

/** How an onboarding is, in one sentence. */
export function pendingSentence(pending: PendingTenant): string {
  const { number } = pending.pullRequest;
  if (pending.state === 'merged') return `Onboarding, pull request #${number} is merged.`;
  if (pending.state === 'closed') return `Onboarding, pull request #${number} was closed.`;
  const conflict = pending.merge === 'conflict' ? ['conflicts'] : [];
  const marks = [checksMark(pending.checks).word, ...conflict, reviewMark(pending).word];
  return `Onboarding, pull request #${number}, ${marks.join(', ')}.`;
}

const actors: Record<PendingTenant['next']['who'], string> = {
  requester: 'The requester',
  platform: 'The platform group',
  nobody: 'Nobody',
};

/** Who has to act. */
export function actorOf({ next, requestedBy }: PendingTenant, name = (ref: string) => ref): string {
  return next.who === 'requester' && requestedBy ? name(requestedBy) : actors[next.who];
}

/** `tenant-x: merged · Onboarding`: what a browser's tab says of an onboarding. */
export function pendingTitle(tenant: string, pending: PendingTenant | undefined): string {
  const word = pending?.state === 'open' ? 'pending' : pending?.state ?? 'not known';
  return `${tenant}: ${word} · Onboarding`;
}
