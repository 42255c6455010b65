import { checksMark } from './pending';

it.each([
  [0, 'checks fail'],
  [1, '1 check fails'],
  [9, '9 checks fail'],
  // Ten are named at most.
  [10, '10 or more checks fail'],
])('of %d that are named: %s', (count, word) => {
  const failing = Array.from({ length: count }, (_, index) => `check ${index}`);
  expect(checksMark({ state: 'failure', failing }).word).toBe(word);
});
