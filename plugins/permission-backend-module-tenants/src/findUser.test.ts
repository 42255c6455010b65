import { mockServices } from '@backstage/backend-test-utils';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { findUserIn } from './findUser';

describe('findUserIn', () => {
  const seen: Array<{ url?: string; authorization?: string }> = [];
  let answer: { status: number; body: unknown };
  let server: http.Server;

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      seen.push({ url: request.url, authorization: request.headers.authorization });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
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
  const find = findUserIn(discovery, auth);

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
});
