import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReleaseEntityProvider } from './ReleaseEntityProvider';

const file = (name: string) => `https://git.example.com/org/deploy/blob/main/${name}`;
const row = (tenant: string, more: object = {}) => ({
  tenant,
  service: 'api',
  displayName: tenant,
  tier: '',
  ring: -1,
  owner: '',
  links: { values: file(`${tenant}.yaml`) },
  ...more,
});
const source = { id: 'git:deploy', kind: 'git', name: 'deploy', state: 'ok', ageSeconds: 1 };
const page = (items: object[], nextCursor?: string) => ({
  items,
  totalItems: items.length,
  sources: [source],
  ...(nextCursor ? { nextCursor } : {}),
});

describe('ReleaseEntityProvider', () => {
  let server: Server;
  let asked: URL[];
  let answer: (url: URL) => { status?: number; body: unknown };
  let mutations: Entity[][];
  let warn: jest.Mock;
  let provider: ReleaseEntityProvider;
  let start: (more?: object) => Promise<void>;

  beforeEach(async () => {
    asked = [];
    mutations = [];
    warn = jest.fn();
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      asked.push(url);
      const { status = 200, body } = answer(url);
      response.writeHead(request.headers.authorization ? status : 401);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    start = async (more = {}) => {
      provider = new ReleaseEntityProvider({
        auth: mockServices.auth(),
        discovery: mockServices.discovery.mock({
          getBaseUrl: async plugin => `http://127.0.0.1:${port}/api/${plugin}`,
        }),
        logger: mockServices.logger.mock({ warn }),
        repository: 'https://git.example.com/org/deploy',
        repeat: async () => {},
        ...more,
      });
      await provider.connect({
        applyMutation: async mutation => {
          if (mutation.type !== 'full') throw new Error('expected a full mutation');
          mutations.push(mutation.entities.map(({ entity }) => entity));
        },
        refresh: async () => {},
      });
    };
    await start();
  });

  afterEach(() => new Promise(resolve => server.close(resolve)));

  it('leaves tenants of our own layout to the provider that reads their files', async () => {
    await start({ own: { fileUrl: () => 'https://git.example.com/acme/platform/blob/main' } });
    const values =
      'https://git.example.com/acme/platform/blob/main/gitops/tenants/acme-values.yaml';
    const own = row('acme', { service: 'demo-api', links: { values } });
    const conflict = row('hooli', { links: {} });
    answer = () => ({ body: page([own, row('acme'), row('globex'), conflict]) });
    await provider.refresh();
    expect(mutations.map(all => all.map(({ metadata }) => metadata.name))).toEqual([['globex']]);
    expect(provider.getProviderName()).toBe('layout-tenants');
  });

  it('makes one Resource of all services and environments of a tenant, over all pages', async () => {
    answer = ({ searchParams }) => ({
      body: searchParams.has('cursor')
        ? page([
            row('globex', {
              service: 'web',
              owner: 'group:default/globex',
              tier: 'gold',
              contact: 'ops@globex.example',
            }),
            row('hooli', { contact: '#hooli' }),
          ])
        : page(
            [
              row('acme', { environment: 'prod' }),
              row('acme', { environment: 'staging' }),
              row('acme', { service: 'web', ring: 2, ringName: 'early' }),
              row('stray', { links: {} }),
            ],
            'more',
          ),
    });
    await provider.refresh();
    expect(asked.map(({ pathname }) => pathname)).toEqual([
      '/api/tenant-releases/releases',
      '/api/tenant-releases/releases',
    ]);
    const [acme, globex, hooli, ...others] = mutations[0];
    expect(others).toEqual([]);
    expect(acme).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'acme',
        title: 'acme',
        description: 'Tenant, runs api, web',
        labels: {},
        annotations: {
          'backstage.io/managed-by-location': `url:${file('acme.yaml')}`,
          'backstage.io/managed-by-origin-location': `url:${file('acme.yaml')}`,
          'tenant-releases.io/tenant': 'acme',
          'tenant-releases.io/services': 'api,web',
        },
      },
      spec: { type: 'tenant', owner: 'unknown' },
    });
    expect(globex).toMatchObject({
      metadata: {
        description: 'Tenant of the gold tier, runs web',
        annotations: { 'tenant-releases.io/contact': 'ops@globex.example' },
        links: [{ url: 'mailto:ops@globex.example' }],
      },
      spec: { owner: 'group:default/globex' },
    });
    expect(hooli.metadata.annotations).toMatchObject({ 'tenant-releases.io/contact': '#hooli' });
    expect(hooli.metadata.links).toBeUndefined();
  });

  it('hands over what has changed, and nothing else', async () => {
    answer = () => ({ body: page([row('acme')]) });
    await provider.refresh();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    answer = () => ({ body: page([row('acme'), row('globex')]) });
    await provider.refresh();
    expect(mutations.map(entities => entities.length)).toEqual([1, 2]);
  });

  it.each<[string, { status?: number; body: unknown }, RegExp]>([
    ['is not ready', { status: 503, body: { error: { message: 'not yet' } } }, /503/],
    ['answers no JSON', { body: '<html>' }, /JSON/],
    ['answers something else', { body: { items: 'none' } }, /items/],
    ['has a row that cannot be read', { body: page([row('acme'), { tenant: 1 }]) }, /1 releases/],
    ['knows of no tenant', { body: page([]) }, /no file in Git names a tenant/],
  ])('keeps the catalog as it is when the plugin %s, and says so once', async (_, odd, words) => {
    answer = () => ({ body: page([row('acme')]) });
    await provider.refresh();
    answer = () => odd;
    await provider.refresh();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(words)]]);
  });
});
