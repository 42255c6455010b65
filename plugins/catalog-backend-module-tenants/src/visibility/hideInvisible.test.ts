import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogConditions } from '@backstage/plugin-catalog-backend/alpha';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import { hideInvisible } from './hideInvisible';

jest.setTimeout(40_000);

const entity = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': 'url:https://git.example.com/x',
      'backstage.io/managed-by-origin-location': 'url:https://git.example.com/x',
    },
  },
  spec,
});

const tenant = (name: string) =>
  entity('Resource', name, {
    type: 'tenant',
    owner: `group:default/${name}-owners`,
    system: 'platform',
    dependsOn: ['component:default/demo-api'],
  });

const service = entity('Component', 'demo-api', {
  type: 'service',
  lifecycle: 'production',
  owner: 'group:default/developers',
  system: 'platform',
});
const system = entity('System', 'platform', { owner: 'group:default/developers' });

const otto = 'user:default/otto';
const ada = 'user:default/ada';

/** A catalog of the given tenants, in which ada sees everything, and otto what is no tenant but his own. */
async function start(tenants: string[]) {
  const entities = [service, system, ...tenants.map(tenant)];
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: { events: { useEventBus: 'never' } } }),
      mockServices.permissions.mock({
        authorize: async (requests, { credentials }: { credentials: unknown } = {} as never) =>
          requests.map(({ permission }) => ({
            result:
              permission.name === 'tenant-releases.fleet.read' &&
              (credentials as { principal: { userEntityRef?: string } }).principal.userEntityRef ===
                otto
                ? 'DENY'
                : 'ALLOW',
          })) as never,
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
            deps: {
              auth: coreServices.auth,
              catalog: catalogServiceRef,
              httpAuth: coreServices.httpAuth,
              httpRouter: coreServices.httpRouter,
              permissions: coreServices.permissions,
              processing: catalogProcessingExtensionPoint,
            },
            async init({ processing, httpRouter, ...deps }) {
              httpRouter.use(
                hideInvisible({
                  ...deps,
                  repository: { url: 'https://git.example.com/x', slug: 'x/x' },
                }),
              );
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
  // Stitched: everything has all its relations.
  const end = Date.now() + 20_000;
  for (;;) {
    const { text } = await call('/entities/by-name/system/default/platform', ada);
    if (text.split('hasPart').length - 1 === entities.length - 1) break;
    if (Date.now() > end) throw new Error(`The catalog did not settle: ${text}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return { call, stop: () => backend.stop() };
}

describe('hideInvisible', () => {
  let both: Awaited<ReturnType<typeof start>>;
  let alone: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    [both, alone] = await Promise.all([start(['tenant-a', 'tenant-b']), start(['tenant-a'])]);
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
  ])('answers an owner as if there were no other tenant: %s', async path => {
    const [one, other] = await Promise.all([both.call(path, otto), alone.call(path, otto)]);
    expect(one.status).toBe(200);
    expect(one.text).not.toContain('tenant-b');
    expect(comparable(one.text)).toEqual(comparable(other.text));
    expect(one.headers.get('etag')).toBeNull();
  });

  it.each<[string, unknown]>([
    [
      '/entities/by-refs',
      { entityRefs: ['component:default/demo-api', 'resource:default/tenant-b'] },
    ],
    ['/entities/by-query', { query: { kind: 'component' } }],
    ['/entity-facets', { facets: ['spec.type'] }],
  ])('answers questions with a body likewise: %s', async (path, body) => {
    const [one, other] = await Promise.all([
      both.call(path, otto, body),
      alone.call(path, otto, body),
    ]);
    expect(one.status).toBe(200);
    expect(comparable(one.text)).toEqual(comparable(other.text));
  });

  it('keeps what an owner may see', async () => {
    const { relations } = (await both.call(demoApi, otto)).json();
    expect(relations).toEqual([
      { type: 'dependencyOf', targetRef: 'resource:default/tenant-a' },
      { type: 'ownedBy', targetRef: 'group:default/developers' },
      { type: 'partOf', targetRef: 'system:default/platform' },
    ]);
  });

  it('shows an owner no address in the GitOps repository', async () => {
    expect((await both.call('/entities/by-query', otto)).text).not.toContain('git.example.com');
    expect((await both.call(demoApi, ada)).text).toContain('git.example.com');
  });

  it('changes nothing for who sees everything', async () => {
    const { text } = await both.call(demoApi, ada);
    expect(text).toContain('resource:default/tenant-b');
    expect((await both.call('/entity-facets?facet=relations.dependencyOf', ada)).text).toContain(
      'tenant-b',
    );
  });

  it.each<[string, unknown]>([
    ['/entities?filter=relations.dependencyOf=resource:default/tenant-b', undefined],
    ['/entities/by-query?filter=relations.dependencyof=resource:default/tenant-b', undefined],
    ['/entity-facets?facet=relations.dependencyOf', undefined],
    ['/entities/by-query', { query: { 'relations.dependencyOf': 'resource:default/tenant-b' } }],
  ])('lets nobody else search by what others say: %s', async (path, body) => {
    const answer = await both.call(path, otto, body);
    expect(answer.status).toBe(400);
    expect(answer.json().error.message).toMatch(/"relations\.dependencyof" cannot be searched by/i);
  });

  it('does not let the actions answer past it', async () => {
    const action = '/.backstage/actions/v1/actions/catalog:get-catalog-entity/invoke';
    const answer = await both.call(action, otto, { kind: 'component', name: 'demo-api' });
    expect(answer.status).toBe(403);
    expect((await both.call(action, ada, { kind: 'component', name: 'demo-api' })).status).toBe(
      200,
    );
  });

  it.each(['{', 'null', `"${'x'.repeat(1_100_000)}"`])('survives a bad body', async body => {
    const answer = await both.call('/entities/by-query', otto, body);
    expect(answer.status).toBe(400);
  });
});
