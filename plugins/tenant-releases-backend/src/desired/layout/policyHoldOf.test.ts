import { emptyReleasePolicy } from '@internal/gitops';
import type { DesiredEntry } from '../DesiredEntries';
import { policyHoldOf } from './policyHoldOf';

const hold = {
  version: '1.0',
  reason: 'fair',
  by: 'user:default/ada',
  since: '2026-12-01T00:00:00Z',
};
const policy = {
  ...emptyReleasePolicy,
  holds: [
    { tenant: 'Acme', service: 'web', environment: 'prod', ...hold },
    { tenant: 'globex', service: 'web', ...hold, version: '2.0' },
  ],
};

function entryOf(tenant: string, environment = ''): DesiredEntry {
  const names = { tenant, service: 'web', environment, cluster: '' };
  const head = { tenant, path: 'a', sha: 'b', head: 'c', version: '1.0', service: 'web' };
  const deployed = { reads: [], line: 1, isChart: false, names };
  return { tenant: tenant.toLowerCase(), service: 'web', path: 'a', problems: [], head, deployed };
}

it.each([
  ['Acme', 'prod', hold],
  ['globex', '', { ...hold, version: '2.0' }],
  ['Acme', 'test', undefined],
  ['Acme', '', undefined],
  ['acme', 'prod', undefined],
])('finds the hold of %s in %j', (tenant, environment, expected) => {
  expect(policyHoldOf(policy, entryOf(tenant, environment))).toEqual(expected);
});

it('leaves tenant files to themselves', () => {
  const { deployed: _, ...entry } = entryOf('globex');
  expect(policyHoldOf(policy, entry)).toBeUndefined();
});
