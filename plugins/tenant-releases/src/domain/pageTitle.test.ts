import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { fleetTitle, releaseTitle } from './pageTitle';

const rows = (...states: ReleaseState[]) =>
  states.map((state, index) => ({ tenant: `tenant-${index}`, state }));

describe('releaseTitle', () => {
  it.each<[ReleaseState, string]>([
    ['in-sync', 'globex: in sync'],
    ['degraded', 'globex: degraded'],
    ['progressing', 'globex: rolling out'],
  ])('%s', (state, expected) => {
    expect(releaseTitle({ tenant: 'globex', state })).toBe(expected);
  });
});

describe('fleetTitle', () => {
  it.each<[ReleaseState[], string]>([
    [[], 'Tenants'],
    [['in-sync', 'held'], 'Tenants'],
    [['in-sync', 'progressing', 'progressing'], '2 rolling out · Tenants'],
    [['progressing', 'unknown'], '1 unknown · Tenants'],
    [['unknown', 'drifted', 'drifted'], '2 drifted · Tenants'],
    [['drifted', 'degraded', 'in-sync'], '1 degraded · Tenants'],
  ])('of %j: %s', (states, expected) => {
    expect(fleetTitle(rows(...states), 'Tenants')).toBe(expected);
  });

  it('counts a tenant of several services once', () => {
    const both = rows('degraded', 'degraded').map(row => ({ ...row, tenant: 'globex' }));
    expect(fleetTitle(both, 'demo-api')).toBe('1 degraded · demo-api');
  });

  it('writes large numbers for people', () => {
    const many = rows(...Array.from({ length: 1_200 }, () => 'drifted' as const));
    expect(fleetTitle(many, 'Tenants')).toBe('1,200 drifted · Tenants');
  });
});
