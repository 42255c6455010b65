import type { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { parseLayouts } from '@internal/gitops';
import { CatalogFacts } from './CatalogFacts';

const [layout, other] = parseLayouts({
  layouts: [
    { path: 'tenants/{tenant}.yaml', service: 'web', facts: { catalog: true } },
    { path: 'more/{tenant}.yaml', service: 'web' },
  ],
});

const entity = (name: string, tier: string, annotations = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name, labels: { tier }, annotations },
  spec: { owner: 'customers' },
});

let facts: CatalogFacts;
const queryEntities = jest.fn();
const warn = jest.fn();
const onChange = jest.fn();

beforeEach(() => {
  jest.clearAllMocks();
  const logger = mockServices.logger.mock({ warn });
  const catalog = { queryEntities };
  facts = new CatalogFacts([layout, other], {
    auth: mockServices.auth(),
    catalog,
    logger,
    everyMs: 10,
  });
});
afterEach(() => facts.stop());

const until = async (holds: () => boolean) => {
  for (const end = Date.now() + 10_000; !holds() && Date.now() < end; ) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  expect(holds()).toBe(true);
};

it('reads all pages, and nothing of what the portal itself has made', async () => {
  queryEntities.mockImplementation(async ({ cursor }) =>
    cursor
      ? { items: [entity('b', 'gold')], pageInfo: {} }
      : {
          items: [entity('a', 'free'), entity('c', 'free', { 'tenant-releases.io/tenant': 'c' })],
          pageInfo: { nextCursor: 'more' },
        },
  );
  facts.start(onChange);
  await until(() => queryEntities.mock.calls.length >= 6);
  expect(facts.of(layout, 'a')).toEqual({ tier: 'free', owner: 'group:default/customers' });
  expect(facts.of(layout, 'b')?.tier).toBe('gold');
  expect(facts.of(layout, 'c')).toBeUndefined();
  expect(facts.of(other, 'a')).toBeUndefined();
  // What is the same is told once.
  expect(onChange).toHaveBeenCalledTimes(1);
  expect(queryEntities.mock.calls[0][0]).toMatchObject({ filter: { kind: 'System' } });
});

it('keeps what is known while the catalog does not answer, and says so', async () => {
  queryEntities.mockResolvedValueOnce({ items: [entity('a', 'free')], pageInfo: {} });
  queryEntities.mockRejectedValueOnce(new Error('connect to catalog.internal:7007 refused'));
  queryEntities.mockResolvedValue({ items: [entity('a', 'gold')], pageInfo: {} });
  facts.start(onChange);
  await until(() => facts.problem !== undefined);
  expect(facts.of(layout, 'a')?.tier).toBe('free');
  expect(facts.problem).toMatch(/^The catalog does not answer .*: those that were known stay\.$/);
  expect(facts.problem).not.toContain('internal');
  await until(() => facts.of(layout, 'a')?.tier === 'gold');
  expect(facts.problem).toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(1);
});

it('tells what is wrong with entities of tenants, and of no others', async () => {
  const twice = { ...entity('a', 'free'), metadata: { name: 'a', namespace: 'other' } };
  queryEntities.mockResolvedValue({
    items: [entity('a', 'free'), twice, entity('x', 'y'), { ...twice, metadata: { name: 'x' } }],
    pageInfo: {},
  });
  facts.start(onChange);
  await until(() => onChange.mock.calls.length > 0);
  expect(facts.unmatched((_, name) => name === 'a')).toMatchObject([
    { kind: 'tenant', name: 'a', reason: expect.stringMatching(/^2 entities of the catalog/) },
  ]);
});
