import { combineChecks, combineReviews, runResult, statusResult } from './pullFacts';

const review = (login: string, state: string) => ({ user: { login }, state });

describe('checks', () => {
  it.each([
    ['queued', undefined, 'pending'],
    ['in_progress', null, 'pending'],
    ['completed', 'success', 'success'],
    ['completed', 'neutral', 'success'],
    ['completed', 'skipped', 'success'],
    ['completed', 'failure', 'failure'],
    ['completed', 'cancelled', 'failure'],
    ['completed', 'timed_out', 'failure'],
    ['completed', 'action_required', 'failure'],
    ['completed', 'stale', 'failure'],
    ['completed', null, 'failure'],
  ])('a run that is %s with %s is %s', (status, conclusion, result) => {
    expect(runResult({ name: 'a', status, conclusion })).toEqual({ name: 'a', result });
  });

  it.each([
    ['success', 'success'],
    ['pending', 'pending'],
    ['error', 'failure'],
    ['failure', 'failure'],
  ])('a status %s is %s', (state, result) => {
    expect(statusResult({ context: 'a', state })).toEqual({ name: 'a', result });
  });

  it('one failure outweighs what runs, and is named once', () => {
    expect(
      combineChecks([
        { name: 'a', result: 'pending' },
        { name: 'b', result: 'failure' },
        { name: 'b', result: 'failure' },
      ]),
    ).toEqual({ state: 'failure', failing: ['b'] });
  });

  it('no check is not a green one', () => {
    expect(combineChecks([])).toEqual({ state: 'none', failing: [] });
  });

  it('names ten of many that fail', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      name: `c${n}`,
      result: 'failure' as const,
    }));
    expect(combineChecks(many).failing).toHaveLength(10);
  });
});

describe('reviews', () => {
  it.each([
    ['nobody', [], 'waiting'],
    ['a comment', [review('a', 'COMMENTED')], 'waiting'],
    ['an approval', [review('a', 'APPROVED')], 'approved'],
    [
      'an approval, then a comment',
      [review('a', 'APPROVED'), review('a', 'COMMENTED')],
      'approved',
    ],
    [
      'an approval, then a wish',
      [review('a', 'APPROVED'), review('a', 'CHANGES_REQUESTED')],
      'changes-requested',
    ],
    [
      'a wish, then an approval',
      [review('a', 'CHANGES_REQUESTED'), review('a', 'APPROVED')],
      'approved',
    ],
    [
      'a wish of one, an approval of another',
      [review('a', 'CHANGES_REQUESTED'), review('b', 'APPROVED')],
      'changes-requested',
    ],
    ['a dismissed approval', [review('a', 'APPROVED'), review('a', 'DISMISSED')], 'waiting'],
    ['a deleted person', [{ user: null, state: 'APPROVED' }], 'waiting'],
  ])('%s', (_, reviews, expected) => {
    expect(combineReviews(reviews)).toBe(expected);
  });
});
