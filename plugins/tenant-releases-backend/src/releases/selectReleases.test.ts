import type { Release, ReleaseState } from '@internal/plugin-tenant-releases-common';
import { selectReleases, type ReleaseSelection } from './selectReleases';

const states: Record<string, ReleaseState> = {
  a: 'in-sync',
  b: 'held',
  c: 'in-sync',
  d: 'unknown',
};
const refs = Object.keys(states).map(tenant => ({ tenant, service: 'demo-api' }));

function select(selection: Partial<ReleaseSelection>) {
  const release = jest.fn(
    ({ tenant, service }) =>
      ({ tenant, service, state: states[tenant], tier: 'free', running: [] } as unknown as Release),
  );
  const { items, ...rest } = selectReleases(refs, release, {
    filter: {},
    limit: 2,
    counts: false,
    ...selection,
  });
  return {
    tenants: items.map(({ tenant }) => tenant).join(''),
    joined: release.mock.calls.length,
    ...rest,
  };
}

describe('selectReleases', () => {
  it('joins no more than the page when nothing inside is asked for', () => {
    const first = select({});
    expect(first).toMatchObject({ tenants: 'ab', joined: 2, totalItems: 4 });
    expect(first).not.toHaveProperty('counts');
    expect(select({ cursor: first.nextCursor })).toMatchObject({ tenants: 'cd', joined: 2 });
    expect(select({ filter: { tenant: ['d', 'x'] } })).toMatchObject({
      tenants: 'd',
      joined: 1,
      totalItems: 1,
    });
    expect(select({ filter: { service: 'other' } })).toMatchObject({ joined: 0, totalItems: 0 });
  });

  it('looks inside for a filter', () => {
    expect(select({ filter: { state: ['in-sync'] } })).toMatchObject({
      tenants: 'ac',
      totalItems: 2,
    });
    expect(select({ filter: { tier: ['premium'] } })).toMatchObject({ tenants: '', totalItems: 0 });
  });

  it('counts every state, whichever is chosen', () => {
    const { tenants, totalItems, counts } = select({ counts: true, filter: { state: ['held'] } });
    expect([tenants, totalItems]).toEqual(['b', 1]);
    expect(counts).toMatchObject({ 'in-sync': 2, held: 1, unknown: 1, degraded: 0 });
  });
});
