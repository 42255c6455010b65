import { entityFacts, entitySettings } from './entityFacts';

const entity = (name: string, more: { metadata?: object; spec?: object } = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name, ...more.metadata },
  spec: { owner: 'customers', ...more.spec },
});
const read = (config: Parameters<typeof entitySettings>[0], entities: object[]) => {
  const { byTenant, unmatched } = entityFacts(entitySettings(config)!, entities);
  return { facts: Object.fromEntries(byTenant), unmatched };
};

it('reads title, owner, tier, ring and contact of the entity of the tenant’s name', () => {
  const labels = { tier: 'gold', ring: '2' };
  const annotations = { 'tenant-releases.io/contact': 'ops@example.com' };
  expect(
    read(true, [entity('tenant-a', { metadata: { title: 'Tenant A', labels, annotations } })]),
  ).toEqual({
    facts: {
      'tenant-a': {
        displayName: 'Tenant A',
        owner: 'group:default/customers',
        tier: 'gold',
        ring: 2,
        contact: 'ops@example.com',
      },
    },
    unmatched: [],
  });
});

it('reads them elsewhere, and of tenants that are called otherwise', () => {
  const annotations = { 'example.com/tenant': 'Tenant_A', 'example.com/plan': 'gold' };
  const config = {
    kind: 'Domain',
    tenant: 'metadata.annotations[example.com/tenant]',
    keys: { tier: 'metadata.annotations[example.com/plan]' },
  };
  expect(entitySettings(config)?.kind).toBe('Domain');
  expect(read(config, [entity('a', { metadata: { annotations } }), entity('b')])).toEqual({
    facts: { Tenant_A: { owner: 'group:default/customers', tier: 'gold' } },
    unmatched: [],
  });
});

it('says what cannot be taken for a fact, and takes none of two entities', () => {
  const { facts, unmatched } = read(true, [
    entity('a', { metadata: { labels: { ring: 'early' } }, spec: { owner: 'user:ada' } }),
    entity('b'),
    entity('b', { metadata: { namespace: 'other' } }),
  ]);
  expect(facts).toEqual({ a: {} });
  expect(unmatched.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'a: the entity system:default/a: ring "early" is no number from 0 to 9; it is not known until it is corrected',
    'a: the entity system:default/a: owner "user:ada" is no group of the catalog; it is not known until it is corrected',
    'b: 2 entities of the catalog stand for it (system:default/b, system:other/b): until one is left, no facts are taken from them',
  ]);
});

it.each([undefined, false])('asks nothing for %j', config =>
  expect(entitySettings(config)).toBeUndefined(),
);
