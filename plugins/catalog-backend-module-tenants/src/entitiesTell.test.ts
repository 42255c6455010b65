import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogConditions } from '@backstage/plugin-catalog-backend/alpha';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readGitopsConfig } from '@internal/gitops';
import { leaveOutRepository } from './leaveOutRepository';
import { relateOneWay } from './relateOneWay';

jest.setTimeout(40_000);

const repository = 'https://git.example.com/acme/platform';
const gitops = readGitopsConfig({
  getOptional: key => (key === 'tenantReleases.gitops.repository' ? repository : undefined),
});

const entity = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': `url:${repository}/blob/main/x`,
      'backstage.io/managed-by-origin-location': `url:${repository}/blob/main/x`,
    },
  },
  spec,
});

/** Everything that a tenant can say of what others read, in all kinds that somebody may write it in. */
const tenant = (name: string, owner = `${name}-owners`) => [
  entity('Resource', name, {
    type: 'tenant',
    owner,
    system: 'platform',
    dependsOn: ['component:default/demo-api'],
    dependencyOf: ['component:default/demo-api'],
  }),
  entity('Component', `${name}-web`, {
    type: 'Tenant',
    lifecycle: 'production',
    owner: 'user:default/dev',
    system: 'platform',
    subcomponentOf: 'demo-api',
    providesApis: ['orders'],
    consumesApis: ['orders'],
    dependsOn: ['resource:default/database'],
  }),
];

const owner = 'group:default/developers';
const shared = [
  entity('Component', 'demo-api', {
    type: 'service',
    lifecycle: 'production',
    owner,
    system: 'platform',
  }),
  entity('System', 'platform', { owner }),
  entity('Resource', 'database', { type: 'database', owner }),
  entity('API', 'orders', { type: 'openapi', lifecycle: 'production', owner, definition: 'x' }),
  entity('Group', 'developers', { type: 'team', children: [], members: ['dev'] }),
  entity('User', 'dev', { memberOf: [] }),
];

const otto = 'user:default/otto';
const ada = 'user:default/ada';

/** A catalog of the given tenants, in which ada sees everything, and otto what is no tenant but his own. */
async function start(...tenants: Entity[][]) {
  const entities = [...shared, ...tenants.flat()];
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: { events: { useEventBus: 'never' } } }),
      mockServices.permissions.mock({
        authorize: async requests => requests.map(() => ({ result: 'ALLOW' })) as never,
        authorizeConditional: async (requests, options) =>
          requests.map(() => {
            const { principal } = options!.credentials as { principal: { userEntityRef?: string } };
            if (principal.userEntityRef === ada || !principal.userEntityRef) {
              return { result: 'ALLOW' };
            }
            return {
              result: 'CONDITIONAL',
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                anyOf: [
                  { not: catalogConditions.hasSpec({ key: 'type', value: 'tenant' }) },
                  catalogConditions.isEntityOwner({ claims: ['group:default/tenant-a-owners'] }),
                ],
              },
            };
          }) as never,
      }).factory,
      catalogPlugin,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'test',
        register(env) {
          env.registerInit({
            deps: { processing: catalogProcessingExtensionPoint },
            async init({ processing }) {
              processing.addProcessor(...relateOneWay, leaveOutRepository(gitops));
              processing.addEntityProvider({
                getProviderName: () => 'test',
                connect: connection =>
                  connection.applyMutation({
                    type: 'full',
                    entities: entities.map(each => ({ entity: each, locationKey: 'test' })),
                  }),
              });
            },
          });
        },
      }),
    ],
  });
  const call = async (path: string, user: string, body?: unknown) => {
    const response = await fetch(`http://localhost:${backend.server.port()}/api/catalog${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: mockCredentials.user.header(user as `user:default/${string}`),
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      json: () => JSON.parse(text),
      headers: response.headers,
    };
  };
  // Stitched: each has the relations that it has in the end.
  const end = Date.now() + 20_000;
  for (;;) {
    const { text } = await call('/entities', ada);
    const owned = text.split('"ownedBy"').length - 1;
    if (owned === entities.length - 2 && text.includes('"ownerOf"')) break;
    if (Date.now() > end) throw new Error(`The catalog did not settle: ${text}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return { call, stop: () => backend.stop() };
}

describe('what entities tell of others', () => {
  let both: Awaited<ReturnType<typeof start>>;
  let alone: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    // Whom nobody knows, and what everybody's group owns: a file that was never readable is the platform's.
    [both, alone] = await Promise.all([
      start(tenant('tenant-a'), tenant('tenant-b'), tenant('tenant-c', 'developers')),
      start(tenant('tenant-a')),
    ]);
  });
  afterAll(async () => {
    await Promise.all([both.stop(), alone.stop()]);
  });

  /** The answer without what differs between any two catalogs: uids, and the order that comes from them. */
  const comparable = (text: string) =>
    JSON.parse(text, (key, value) => {
      if (key === 'uid' || key === 'etag') return '';
      if (!Array.isArray(value)) return value;
      const order = (item: unknown) => JSON.stringify(item);
      return [...value].sort((a, b) => order(a).localeCompare(order(b)));
    });

  const demoApi = '/entities/by-name/component/default/demo-api';

  it.each([
    '/entities',
    '/entities?fields=metadata.name,relations',
    '/entities?fields=relations.type',
    '/entities?filter=kind=component&limit=1',
    '/entities/by-query',
    '/entities/by-query?filter=kind=system',
    demoApi,
    '/entities/by-name/system/default/platform',
    `${demoApi}/ancestry`,
    '/entity-facets?facet=kind&facet=relations.ownedBy',
    '/entities/by-name/group/default/developers',
    '/entities/by-name/user/default/dev',
    '/entities/by-name/api/default/orders',
    '/entities/by-name/resource/default/database',
    '/entities?filter=relations.dependencyOf=resource:default/tenant-b',
    '/entities/by-query?filter=relations.dependencyof=resource:default/tenant-b',
    '/entities?filter=relations.ownerOf=resource:default/tenant-c',
    '/entity-facets?facet=relations.dependencyOf&facet=relations.hasPart&facet=relations.ownerOf',
  ])('answers an owner as if there were no other tenant: %s', async path => {
    const [one, other] = await Promise.all([both.call(path, otto), alone.call(path, otto)]);
    expect(one.status).toBe(200);
    expect(one.text).not.toMatch(/tenant-[bc]/);
    expect(comparable(one.text)).toEqual(comparable(other.text));
  });

  it.each<[string, unknown]>([
    [
      '/entities/by-refs',
      { entityRefs: ['component:default/demo-api', 'resource:default/tenant-b'] },
    ],
    ['/entities/by-query', { query: { kind: 'component' } }],
    ['/entity-facets', { facets: ['spec.type'] }],
    ['/entities/by-query', { query: { 'relations.dependencyOf': 'resource:default/tenant-b' } }],
    [
      '/.backstage/actions/v1/actions/catalog:get-catalog-entity/invoke',
      { kind: 'component', name: 'demo-api' },
    ],
  ])('answers questions with a body likewise: %s', async (path, body) => {
    const [one, other] = await Promise.all([
      both.call(path, otto, body),
      alone.call(path, otto, body),
    ]);
    expect(one.status).toBe(200);
    expect(comparable(one.text)).toEqual(comparable(other.text));
  });

  it('relates a tenant to its owner, and keeps what it says itself', async () => {
    const { spec, relations } = (
      await both.call('/entities/by-name/resource/default/tenant-a', otto)
    ).json();
    expect(spec).toEqual(tenant('tenant-a')[0].spec);
    expect(relations).toEqual([{ type: 'ownedBy', targetRef: 'group:default/tenant-a-owners' }]);
    const owned = '/entities?filter=relations.ownedBy=group:default/developers,spec.type=tenant';
    expect((await both.call(owned, ada)).json()).toHaveLength(1);
    expect((await both.call(owned, otto)).json()).toEqual([]);
  });

  it('relates everything else both ways', async () => {
    expect((await both.call(demoApi, otto)).json().relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/developers' },
      { type: 'partOf', targetRef: 'system:default/platform' },
    ]);
    const group = (await both.call('/entities/by-name/group/default/developers', otto)).json();
    expect(group.relations).toContainEqual({
      type: 'ownerOf',
      targetRef: 'component:default/demo-api',
    });
  });

  it('names no address in the GitOps repository', async () => {
    expect((await both.call('/entities', ada)).text).not.toContain('git.example.com');
  });
});
