import { mockServices } from '@backstage/backend-test-utils';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { askCatalog } from './askCatalog';

describe('askCatalog', () => {
  const seen: Array<{ url?: string; authorization?: string; body?: unknown }> = [];
  let answer: { status: number; body: unknown };
  let server: http.Server;

  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      const { url, method, headers } = request;
      const body = method === 'POST' ? { body: await json(request) } : {};
      seen.push({ url, authorization: headers.authorization, ...body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(url?.includes('by-refs') ? { items: answer.body } : answer.body));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));
  beforeEach(() => {
    seen.length = 0;
    answer = { status: 200, body: {} };
  });

  const targets: string[] = [];
  const discovery = {
    getBaseUrl: async (plugin: string) =>
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/${plugin}`,
    getExternalBaseUrl: async () => 'http://portal.example.com',
  };
  const auth = mockServices.auth.mock({
    getOwnServiceCredentials: async () => ({ principal: 'this plugin' } as never),
    getPluginRequestToken: async ({ onBehalfOf, targetPluginId }) => {
      targets.push(targetPluginId);
      return { token: `for ${onBehalfOf.principal}` };
    },
  });
  const { findUser: find, findPeople } = askCatalog(discovery, auth);

  it('asks the catalog for the person, with the rights of this plugin', async () => {
    const otto = { kind: 'User', metadata: { name: 'otto' } };
    answer = { status: 200, body: otto };
    expect(await find('user:default/otto')).toEqual(otto);
    expect(seen).toEqual([
      {
        url: '/api/catalog/entities/by-name/user/default/otto',
        authorization: 'Bearer for this plugin',
      },
    ]);
    expect(targets).toEqual(['catalog']);
  });

  it('knows nobody whom the catalog does not know', async () => {
    answer = { status: 404, body: { error: { name: 'NotFoundError' } } };
    expect(await find('user:default/carl')).toBeUndefined();
  });

  it.each([401, 403, 500, 503])('takes %d of the catalog for an outage', async status => {
    answer = { status, body: { error: { name: 'Error', message: 'no' } } };
    await expect(find('user:default/otto')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: status,
    });
  });

  it('stays at the entities by name, whatever the name is', async () => {
    await find('user:a b/../../x?y#z');
    expect(seen[0].url).toMatch(/^\/api\/catalog\/entities\/by-name\/user\/a%20b\/[^/?#]+$/);
  });

  const fields = ['kind', 'metadata.namespace', 'metadata.name', 'metadata.uid', 'relations'];

  it('asks for groups, and for whoever is in one of them', async () => {
    answer = { status: 200, body: [{ kind: 'Group' }, null] };
    const groups = ['group:default/a', 'group:default/b'];
    const found = await findPeople(['user:default/otto', ...groups], groups);
    // One for the refs, one for the members; what is not there is left out of both.
    expect(found).toEqual([{ kind: 'Group' }, { kind: 'Group' }]);
    expect(seen).toContainEqual({
      url: '/api/catalog/entities/by-refs',
      authorization: 'Bearer for this plugin',
      body: { entityRefs: ['user:default/otto', ...groups], fields },
    });
    const members = seen.find(({ body }) => !body)!;
    expect(Object.fromEntries(new URL(members.url!, 'http://x').searchParams)).toEqual({
      filter: 'kind=user,relations.memberOf=group:default/a,relations.memberOf=group:default/b',
      fields: fields.join(),
    });
  });

  it('does not ask who is in no group: that would be everybody', async () => {
    answer = { status: 200, body: [{ kind: 'User' }] };
    expect(await findPeople(['user:default/otto'], [])).toEqual([{ kind: 'User' }]);
    expect(seen).toHaveLength(1);
  });

  it('finds nobody in an outage', async () => {
    answer = { status: 503, body: { error: { name: 'Error', message: 'no' } } };
    await expect(findPeople(['user:default/otto'], ['group:default/a'])).rejects.toMatchObject({
      statusCode: 503,
    });
  });
});
