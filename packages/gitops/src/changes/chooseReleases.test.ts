import type { FoundRelease } from '../doctor/release';
import { chooseReleases } from './chooseReleases';
import { readChangeRequest } from './readChangeRequest';

const at = (environment: string | undefined, cluster: string | undefined) =>
  ({ tenant: 'north', service: 'web', environment, cluster, facts: {} } as FoundRelease);
const all = [at('prod', 'eu-1'), at('prod', 'us-1'), at('dev', undefined), at(undefined, 'edge')];
const choose = (...environments: string[]) =>
  chooseReleases(
    all,
    readChangeRequest({ kind: 'promote', version: '1.1', environments }),
  ).releases.map(({ environment, cluster }) => [environment, cluster].filter(Boolean).join('/'));

it.each([
  [['prod'], ['prod/eu-1', 'prod/us-1']],
  [['eu-1'], ['prod/eu-1']],
  [['prod/us-1'], ['prod/us-1']],
  [
    ['edge', 'dev'],
    ['dev', 'edge'],
  ],
])('chooses environments, clusters, and both as the portal writes them: %j', (asked, found) => {
  expect(choose(...asked)).toEqual(found);
});

it('names those that there are', () => {
  expect(() => choose('stage')).toThrow(
    'environments: there is no stage: choose one of dev, edge, eu-1, prod, prod/eu-1, prod/us-1, us-1',
  );
});
