import { z } from 'zod';
import { FakeServer, sendJson } from '../../__testUtils__';
import { GithubClient } from './GithubClient';

const seen = z.object({
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

describe('GithubClient', () => {
  let host: FakeServer;

  beforeEach(async () => {
    host = await new FakeServer(({ pathname, search }, request, response) => {
      let body = '';
      request.on('data', data => (body += data));
      request.on('end', () =>
        sendJson(response, 200, { path: pathname + search, headers: request.headers, body }),
      );
      return true;
    }).start();
  });
  afterEach(() => host.stop());

  it.each([
    ['', '/graphql'],
    ['/api/v3', '/api/graphql'],
    ['/api/v3/', '/api/graphql'],
  ])('of the REST API at "%s" asks GraphQL at %s', async (path, expected) => {
    const client = new GithubClient({ apiUrl: host.url + path });
    const answer = await client.query('query{a}', { owner: 'acme' }, seen);
    expect(answer).toMatchObject({
      path: expected,
      body: '{"query":"query{a}","variables":{"owner":"acme"}}',
    });
  });

  it('calls a route: what is not in the path goes into the query or the body', async () => {
    const client = new GithubClient({ apiUrl: `${host.url}/api/v3` });
    const parameters = { owner: 'acme', repo: 'x', head: 'acme:a/b' };
    expect(await client.call('GET /repos/{owner}/{repo}/pulls', parameters, seen)).toMatchObject({
      path: '/api/v3/repos/acme/x/pulls?head=acme%3Aa%2Fb',
      body: '',
    });
    expect(await client.call('POST /repos/{owner}/{repo}/pulls', parameters, seen)).toMatchObject({
      path: '/api/v3/repos/acme/x/pulls',
      body: '{"head":"acme:a/b"}',
    });
    const bare = await client.call('DELETE /repos/{owner}', { owner: 'acme' }, seen);
    expect(bare.body).toBe('');
    expect(host.requests.at(-1)).toBe('DELETE /api/v3/repos/acme');
  });

  it('asks in the version that it knows, with the credentials of now', async () => {
    let token = 'one';
    const client = new GithubClient({
      apiUrl: host.url,
      headers: async () => ({ authorization: `Bearer ${token}` }),
    });
    const version = {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    };
    const asked = (answer: z.infer<typeof seen>) => answer.headers;
    expect(asked(await client.getJson('/a', seen))).toMatchObject({
      ...version,
      authorization: 'Bearer one',
    });
    token = 'two';
    const etag = { headers: { 'if-none-match': '"e"' } };
    expect(asked(seen.parse(JSON.parse((await client.get('/a', etag)).body)))).toMatchObject({
      ...version,
      'if-none-match': '"e"',
      authorization: 'Bearer two',
    });
    expect(asked(await client.call('PATCH /a', { b: 1 }, seen))).toMatchObject(version);
  });
});
