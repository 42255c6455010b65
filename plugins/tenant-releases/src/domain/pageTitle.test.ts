import type { ReleaseReason, ReleaseState } from '@internal/plugin-tenant-releases-common';
import { createRow } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { fleetTitle, releaseTitle } from './pageTitle';
import { surveyCounts, surveyTenants } from './summary';
import { countStates } from './tenantFilters';

const because = (...codes: Array<ReleaseReason['code']>) =>
  codes.map(code => ({ code, text: code }));
const fails: Partial<FleetRow> = {
  state: 'degraded',
  delivery: 'in-sync',
  reasons: because('ERRORS_ABOVE_OBJECTIVE', 'ALERT_FIRING'),
};
const fires: Partial<FleetRow> = { ...fails, reasons: because('ALERT_FIRING') };
const bad: Partial<FleetRow> = { ...fails, reasons: because('BAD_VERSION') };
const waits: Partial<FleetRow> = { state: 'progressing', reasons: because('SYNC_BY_HAND') };
const zero: Partial<FleetRow> = { reasons: because('SCALED_TO_ZERO') };

describe('releaseTitle', () => {
  it.each<[Partial<FleetRow>, string]>([
    [{}, 'globex: in sync'],
    [{ state: 'degraded' }, 'globex: degraded'],
    [{ state: 'progressing' }, 'globex: rolling out'],
    [fails, 'globex: degraded'],
    [waits, 'globex: waits'],
    [zero, 'globex: scaled to zero'],
    [{ state: 'held', reasons: because('OVERRIDDEN') }, 'globex: pinned'],
    [{ state: 'degraded', reasons: because('SYNC_FAILED') }, 'globex: sync failed'],
  ])('of %j', (part, expected) => {
    expect(releaseTitle(createRow({ tenant: 'globex', ...part }))).toBe(expected);
  });
});

describe('fleetTitle', () => {
  const rowsOf = (parts: Array<Partial<FleetRow>>) =>
    parts.map((part, index) => createRow({ tenant: `tenant-${index}`, ...part }));
  const inState = (state: ReleaseState) => ({ state });

  it.each<[string, Array<Partial<FleetRow>>, string]>([
    ['no tenant', [], 'Tenants'],
    ['what is wanted', [{}, inState('held'), zero], 'Tenants'],
    ['requests that fail', [fails, fails, inState('degraded')], '2 fail requests · Tenants'],
    ['an alert before a bad version', [bad, fires], '1 has an alert that fires · Tenants'],
    ['a bad version before drift', [bad, inState('drifted')], '1 is on a bad version · Tenants'],
    [
      'a failed sync',
      [{ state: 'degraded', reasons: because('SYNC_FAILED') }, bad],
      '1 has failed to sync · Tenants',
    ],
    ['those that wait', [waits, waits], '2 wait for a person or a window · Tenants'],
    ['an unknown one', [inState('unknown'), {}], '1 is in an unknown state · Tenants'],
    ['rows from before an outage', [{ staleSeconds: 60 }, {}], '1 row is last known · Tenants'],
    ['nothing but rows from before', [{ staleSeconds: 60 }], 'Last known · Tenants'],
  ])('%s', (_, parts, expected) => {
    expect(fleetTitle(surveyTenants(rowsOf(parts)), 'Tenants')).toBe(expected);
  });

  it('goes by the states of all while rows are on their way', () => {
    const counts = countStates(rowsOf([fails, fails, inState('progressing'), {}]));
    expect(fleetTitle(surveyCounts(counts), 'Tenants')).toBe('2 are degraded · Tenants');
  });

  it('counts a tenant of several services once', () => {
    const both = rowsOf([fails, fails]).map(row => ({ ...row, tenant: 'globex' }));
    expect(fleetTitle(surveyTenants(both), 'demo-api')).toBe('1 fails requests · demo-api');
  });

  it('writes large numbers for people', () => {
    const many = rowsOf(Array.from({ length: 1_200 }, () => inState('drifted')));
    expect(fleetTitle(surveyTenants(many), 'Tenants')).toBe('1,200 have drifted · Tenants');
  });
});
