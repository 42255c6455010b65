import fc from 'fast-check';
import { Deployment } from '../model/workloads';
import { SetCounts, planRollout, rolloutLimits } from './rollout';

function spec(
  replicas: number,
  maxSurge: number | string = '25%',
  maxUnavailable: number | string = '25%',
): Deployment['spec'] {
  return {
    replicas,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
  } as Deployment['spec'];
}
const recreate = (replicas: number) =>
  ({ replicas, strategy: { type: 'Recreate' } } as Deployment['spec']);
const set = (name: string, replicas: number, available = replicas): SetCounts => ({
  name,
  replicas,
  available,
});

it.each([
  [spec(4), { surge: 1, unavailable: 1 }],
  [spec(2), { surge: 1, unavailable: 0 }],
  [spec(10), { surge: 3, unavailable: 2 }],
  [spec(2, 0, 0), { surge: 0, unavailable: 1 }],
  [spec(3, 2, 1), { surge: 2, unavailable: 1 }],
  [recreate(3), { surge: 0, unavailable: 3 }],
])('limits of %j', (given, expected) => {
  expect(rolloutLimits(given)).toEqual(expected);
});

it.each<[string, Deployment['spec'], SetCounts, SetCounts[], number, [string, number][]]>([
  ['fills the first set', spec(2), set('new', 0), [], 0, [['new', 2]]],
  ['is done', spec(2), set('new', 2), [], 0, []],
  ['scales down', spec(1), set('new', 3), [], 0, [['new', 1]]],
  ['surges first', spec(2, 1, 0), set('new', 0), [set('old', 2)], 2, [['new', 1]]],
  ['waits for the new pod', spec(2, 1, 0), set('new', 1, 0), [set('old', 2)], 2, []],
  [
    'takes an old pod for a ready one',
    spec(2, 1, 0),
    set('new', 1),
    [set('old', 2)],
    2,
    [['old', 1]],
  ],
  ['goes on', spec(2, 1, 0), set('new', 1), [set('old', 1)], 1, [['new', 2]]],
  ['ends', spec(2, 1, 0), set('new', 2), [set('old', 1)], 1, [['old', 0]]],
  ['may do with fewer', spec(4, 0, 1), set('new', 0), [set('old', 4)], 4, [['old', 3]]],
  [
    'drops broken old pods first',
    spec(2, 1, 0),
    set('new', 1, 0),
    [set('old', 3, 2)],
    3,
    [['old', 2]],
  ],
  [
    'stops everything before it recreates',
    recreate(2),
    set('new', 0),
    [set('old', 2)],
    2,
    [['old', 0]],
  ],
  ['waits for the last old pod', recreate(2), set('new', 0), [set('old', 0, 0)], 1, []],
  ['recreates', recreate(2), set('new', 0), [set('old', 0, 0)], 0, [['new', 2]]],
  [
    'scales the set in use while paused',
    { ...spec(3), paused: true },
    set('new', 0),
    [set('old', 2)],
    2,
    [['old', 3]],
  ],
  [
    'does not roll out while paused',
    { ...spec(2), paused: true },
    set('new', 1),
    [set('old', 1)],
    1,
    [],
  ],
])('%s', (_, given, current, old, oldPods, expected) => {
  const steps = planRollout(given, current, old, oldPods);
  expect(steps.map(step => [step.name, step.replicas])).toEqual(expected);
});

it('always ends with the wanted number of new pods and never has too many or too few', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      (replicas, before, surge, unavailable) => {
        const given = spec(replicas, surge, unavailable);
        const limits = rolloutLimits(given);
        let sets = [set('new', 0), set('old', before)];
        for (let round = 0; round < 100; round += 1) {
          const steps = planRollout(given, sets[0], sets.slice(1), sets[1].replicas);
          if (steps.length === 0) {
            break;
          }
          sets = sets.map(item => {
            const step = steps.find(candidate => candidate.name === item.name);
            return step ? set(item.name, step.replicas) : item;
          });
          const total = sets[0].replicas + sets[1].replicas;
          expect(total).toBeLessThanOrEqual(Math.max(before, replicas + limits.surge));
          expect(total).toBeGreaterThanOrEqual(
            Math.min(before, Math.max(0, replicas - limits.unavailable)),
          );
        }
        expect(sets.map(item => item.replicas)).toEqual([replicas, 0]);
      },
    ),
  );
});
