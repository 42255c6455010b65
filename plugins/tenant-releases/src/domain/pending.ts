import {
  maxFailingChecks,
  type PendingTenant,
  type ReleaseState,
} from '@internal/plugin-tenant-releases-common';
import { formatCount } from './formatCount';

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

/** `checks green, waits for review`: how far an open onboarding is. */
export function pendingProgress(pending: PendingTenant): string {
  const conflict = pending.merge === 'conflict' ? ['conflicts'] : [];
  return [checksMark(pending.checks).word, ...conflict, reviewMark(pending).word].join(', ');
}

/** So many are named in a line; the others are counted. */
const fewNames = 3;

/** `2 tenants are being onboarded: initech (checks green, waits for review), ...`: all onboardings, at least one, in one line. */
export function pendingLine(items: readonly PendingTenant[]): string {
  const count = items.length === 1 ? '1 tenant is' : `${formatCount(items.length)} tenants are`;
  const named = items
    .slice(0, fewNames)
    .map(pending => `${pending.tenant} (${pendingProgress(pending)})`);
  const more = items.length - named.length;
  const rest = more > 0 ? [`${formatCount(more)} more`] : [];
  return `${count} being onboarded: ${[...named, ...rest].join(', ')}`;
}

/** How an onboarding is, in one sentence. */
export function pendingSentence(pending: PendingTenant): string {
  const { number } = pending.pullRequest;
  if (pending.state === 'merged') return `Onboarding, pull request #${number} is merged.`;
  if (pending.state === 'closed') return `Onboarding, pull request #${number} was closed.`;
  return `Onboarding, pull request #${number}, ${pendingProgress(pending)}.`;
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
