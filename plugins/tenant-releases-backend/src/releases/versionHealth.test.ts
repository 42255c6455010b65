import { emptyReleasePolicy } from '@internal/gitops';
import { type Release } from '@internal/plugin-tenant-releases-common';
import { healthyVersion, withHealth } from './versionHealth';

const release = (tenant: string, change: Partial<Release> = {}) =>
  ({
    tenant,
    service: 'demo-api',
    health: { status: 'Healthy' },
    running: [{ version: 'sha-1', pods: 2, ready: 2 }],
    ...change,
  } as Release);

describe('healthyVersion', () => {
  it.each<[string, Partial<Release>, string | undefined]>([
    ['all pods ready', {}, 'sha-1'],
    ['one pod not ready', { running: [{ version: 'sha-1', pods: 2, ready: 1 }] }, undefined],
    ['no pod', { running: [] }, undefined],
    [
      'two versions at once',
      {
        running: [
          { version: 'sha-1', pods: 1, ready: 1 },
          { version: 'sha-2', pods: 1, ready: 1 },
        ],
      },
      undefined,
    ],
    ['degraded', { health: { status: 'Degraded' } }, undefined],
    ['failing', { serving: { status: 'failing' } as Release['serving'] }, undefined],
    ['not measured', { serving: { status: 'not-measured' } as Release['serving'] }, 'sha-1'],
  ])('%s', (_, change, version) => {
    expect(healthyVersion(release('a', change))).toBe(version);
  });
});

it('counts tenants, not services or pods, and names bad versions', () => {
  const versions = ['sha-2', 'sha-1'].map(version => ({
    version,
    services: ['demo-api'],
    tenants: 1,
  }));
  const policy = { ...emptyReleasePolicy, badVersions: [{ version: 'sha-2', reason: 'leaks' }] };
  const releases = [
    release('a'),
    release('a', { service: 'other' }),
    release('b', { serving: { status: 'idle' } }),
    release('d', { serving: { status: 'not-measured' } }),
    release('c', { running: [{ version: 'sha-2', pods: 2, ready: 1 }] }),
  ];
  expect(withHealth(versions, releases, () => [policy])).toEqual([
    { ...versions[0], healthy: 0, measured: 0, ready: 1, bad: 'leaks' },
    { ...versions[1], healthy: 3, measured: 1, ready: 3 },
  ]);
});
