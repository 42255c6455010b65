import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventually } from './__testUtils__/eventually';
import { exampleFiles, LayoutPortal } from './__testUtils__/startLayoutPortal';

jest.setTimeout(60_000);

let portal: LayoutPortal;

beforeEach(async () => {
  portal = await new LayoutPortal().open();
});
afterEach(() => portal.stop());

it('has from the catalog what the repository does not say of a tenant', async () => {
  portal.remote.commit(exampleFiles('kustomize-overlays'));
  const system = (name: string, namespace: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name,
      namespace,
      title: `The company ${name}`,
      labels: { tier: 'gold', ring: '3' },
      annotations: { 'example.com/tenant': name },
    },
    spec: { owner: 'customers' },
  });
  const entities = [system('acme', 'default'), system('bravo', 'one'), system('bravo', 'two')];
  const catalog = { tenant: 'metadata.annotations[example.com/tenant]' };
  await portal.start([{ preset: 'kustomize-overlays', facts: { catalog } }], {}, {}, [
    catalogServiceMock.factory({ entities }),
  ]);
  const facts = async () => {
    const { items = [] } = await portal.get('/releases?limit=100');
    return items
      .filter(({ service }: { service: string }) => service === 'web')
      .map(({ tenant, displayName, owner, tier, ring }: Record<string, unknown>) =>
        [tenant, displayName, owner, tier, ring].join(' '),
      );
  };
  const expected = [
    'acme The company acme group:default/customers gold 3',
    expect.stringMatching(/^bravo bravo .*unknown/),
  ];
  await eventually(async () => (await facts())[0], expected[0]);
  expect(await facts()).toEqual(expected);
  expect((await portal.git()).leftOut).toMatchObject([
    { name: 'tenant bravo', reason: expect.stringContaining('2 entities of the catalog') },
  ]);
});
