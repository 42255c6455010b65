import type { Release } from '@internal/plugin-tenant-releases-common';
import fc from 'fast-check';
import { countStates, matches, pageOf } from './listReleases';

const release: Release = {
  tenant: 'acme',
  service: 'demo-api',
  displayName: 'Acme Corp',
  tier: 'premium',
  ring: 0,
  owner: 'group:default/acme-owners',
  cluster: 'in-cluster',
  namespace: 'acme',
  desired: { version: 'sha-1' },
  health: { status: 'Healthy' },
  running: [{ version: 'sha-0', pods: 1, ready: 1 }],
  state: 'drifted',
  delivery: 'drifted',
  reasons: [],
  links: {},
};

describe('matches', () => {
  it.each([
    [{}, true],
    [{ tenant: ['globex', 'acme'] }, true],
    [{ tenant: ['globex'] }, false],
    [{ service: 'demo-api' }, true],
    [{ service: 'other' }, false],
    [{ tier: ['free', 'premium'] }, true],
    [{ tier: ['free'] }, false],
    [{ ring: [0] }, true],
    [{ ring: [1, 2] }, false],
    [{ state: ['drifted'] }, true],
    [{ state: ['in-sync'] }, false],
    [{ q: 'ACME corp' }, true],
    [{ q: 'sha-0' }, true],
    [{ q: 'acme-owners' }, true],
    [{ q: 'globex' }, false],
    [{ q: '.*' }, false],
    [{ tier: ['premium'], state: ['held'] }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(release, filter)).toBe(expected);
  });
});

describe('countStates', () => {
  it('counts each state, also those that none is in', () => {
    const states = ['in-sync', 'degraded', 'in-sync'] as const;
    expect(countStates(states.map(state => ({ state })))).toEqual({
      degraded: 1,
      drifted: 0,
      progressing: 0,
      unknown: 0,
      held: 0,
      'in-sync': 2,
    });
  });
});

describe('pageOf', () => {
  const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,5}[a-z0-9])?$/);
  const items = fc
    .uniqueArray(fc.tuple(name, name), { selector: pair => pair.join('/') })
    .map(pairs =>
      pairs
        .map(([tenant, service]) => ({ tenant, service }))
        .sort((a, b) => {
          const order = (x: string, y: string) => (x < y ? -1 : Number(x > y));
          return order(a.tenant, b.tenant) || order(a.service, b.service);
        }),
    );

  it('gives every item once over its pages', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 4 }), (all, limit) => {
        const seen: unknown[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(all, limit, cursor);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toEqual(all);
      }),
    );
  });

  it('goes on between the environments of one service', () => {
    const all = [undefined, 'prod', 'staging'].map(environment => ({
      tenant: 'a',
      service: 's',
      ...(environment ? { environment } : {}),
    }));
    const first = pageOf(all, 1, undefined);
    const second = pageOf(all, 1, first.nextCursor);
    expect([second.items, pageOf(all, 1, second.nextCursor)]).toEqual([
      [all[1]],
      { items: [all[2]] },
    ]);
  });

  it('goes on after an item that is gone meanwhile', () => {
    const all = ['a', 'b', 'c'].map(tenant => ({ tenant, service: 's' }));
    const { nextCursor } = pageOf(all, 2, undefined);
    expect(pageOf([all[0], all[2]], 2, nextCursor).items).toEqual([all[2]]);
    expect(pageOf([all[0]], 2, nextCursor)).toEqual({ items: [] });
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each(['x', '', encode({}), encode(['a']), encode([1, 2]), encode(['a', 'b', 'c', 'd'])])(
    'refuses the cursor %j',
    cursor => {
      expect(() => pageOf([{ tenant: 'a', service: 's' }], 1, cursor)).toThrow(
        /^Query parameter "cursor": /,
      );
    },
  );
});
