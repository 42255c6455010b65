import type { PendingProgress } from '@internal/plugin-tenant-releases-common';
import { nextStep } from './nextStep';

const ready: PendingProgress = {
  state: 'open',
  isDraft: false,
  checks: { state: 'success', failing: [] },
  review: 'waiting',
  merge: 'clean',
};
const failing = { state: 'failure' as const, failing: ['gitops'] };
const pending = { state: 'pending' as const, failing: [] };

describe('nextStep', () => {
  it.each<[string, Partial<PendingProgress>, string, string]>([
    ['green and not reviewed', {}, 'review', 'platform'],
    ['green and approved', { review: 'approved' }, 'merge', 'platform'],
    ['checks run', { checks: pending }, 'wait-for-checks', 'nobody'],
    ['checks run, approved', { checks: pending, review: 'approved' }, 'wait-for-checks', 'nobody'],
    ['checks fail, approved', { checks: failing, review: 'approved' }, 'mend-checks', 'requester'],
    ['changes wanted', { review: 'changes-requested' }, 'change', 'requester'],
    ['draft', { isDraft: true }, 'finish-draft', 'requester'],
    ['conflict, failing', { checks: failing, merge: 'conflict' }, 'resolve-conflict', 'requester'],
    [
      'nothing known',
      { checks: { state: 'unknown', failing: [] }, review: 'unknown', merge: 'unknown' },
      'look',
      'platform',
    ],
    [
      'approved, checks not known',
      { checks: { state: 'unknown', failing: [] }, review: 'approved' },
      'merge',
      'platform',
    ],
    ['merged', { state: 'merged', merge: 'unknown' }, 'reconcile', 'nobody'],
    ['closed', { state: 'closed', checks: failing }, 'start-again', 'requester'],
  ])('%s', (_, change, code, who) => {
    expect(nextStep({ ...ready, ...change })).toMatchObject({ code, who });
  });
});
