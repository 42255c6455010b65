import { createRow } from '../testing/fixtures';
import { type Fleet, patchFleet, reuseRows, rowKey, rowsByKey } from './fleet';

const rows = ['a', 'b', 'd'].map(tenant => createRow({ tenant }));
const fleet: Fleet = { rows, totalItems: 3, complete: true, sources: [] };
const patch = (tenants: string[], ...changed: ReturnType<typeof createRow>[]) =>
  patchFleet(fleet, { tenants: new Set(tenants), rows: changed });

describe('patchFleet', () => {
  it('replaces a row in its place and keeps the others as they are', () => {
    const { rows: patched, totalItems } = patch(['b'], createRow({ tenant: 'b', state: 'held' }));
    expect(patched.map(({ tenant, state }) => `${tenant} ${state}`)).toEqual([
      'a in-sync',
      'b held',
      'd in-sync',
    ]);
    expect(patched[0]).toBe(rows[0]);
    expect(totalItems).toBe(3);
  });

  it.each([
    ['a tenant that is new', ['c'], [createRow({ tenant: 'c' })], ['a', 'b', 'c', 'd']],
    ['a tenant that is gone', ['b'], [], ['a', 'd']],
    [
      'a second service',
      ['b'],
      [createRow({ tenant: 'b', service: 'api' }), createRow({ tenant: 'b' })],
      ['a', 'b', 'b', 'd'],
    ],
    ['one gone, one new', ['a', 'c'], [createRow({ tenant: 'c' })], ['b', 'c', 'd']],
  ])('takes %s', (_, tenants, changed, expected) => {
    const patched = patch(tenants, ...changed);
    expect(patched.rows.map(({ tenant }) => tenant)).toEqual(expected);
    expect(patched.totalItems).toBe(expected.length);
  });

  it('is the same fleet when nothing has changed', () => {
    expect(patch(['b'], createRow({ tenant: 'b' }))).toBe(fleet);
    expect(patch(['x'])).toBe(fleet);
  });
});

describe('reuseRows', () => {
  it('keeps the rows that say the same', () => {
    const again = [createRow({ tenant: 'a' }), createRow({ tenant: 'b', ring: 2 })];
    const reused = reuseRows(again, rowsByKey(rows));
    expect(reused[0]).toBe(rows[0]);
    expect(reused[1]).toBe(again[1]);
    expect(rowKey(reused[1])).toBe('b/demo-api');
  });
});
