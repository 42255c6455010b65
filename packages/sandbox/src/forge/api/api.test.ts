import { request } from 'node:http';
import { authorOf, startTestForge, type TestForge } from '../__testUtils__/testForge';
import { tokenOf } from './authenticate';

const repository = '/repos/acme/platform';

describe("what every call of GitHub's API has in common", () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge({
      seed: seeded =>
        seeded.commitFiles({
          repository: 'platform',
          branch: 'feature/a',
          files: { 'a.txt': 'a\n' },
          message: 'Add a',
          author: authorOf('lin'),
        }),
    });
  });
  afterAll(() => forge.close());

  const as = (token: string) => ({ headers: { Authorization: token } });
  const portal = () => as(`token ${forge.settings.tokens.forge}`);
  const json = async (path: string, init?: RequestInit) => {
    const answer = await forge.api(path, init);
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const write = (
    path: string,
    method: string,
    body: unknown,
    token = forge.settings.tokens.forge,
  ) =>
    json(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it.each([
    ['token sandbox-forge-token', 'portal-bot', 'User'],
    ['Bearer sandbox-forge-token', 'portal-bot', 'User'],
    ['bearer sandbox-forge-ada', 'ada', 'User'],
    ['token sandbox-forge-github-actions[bot]', 'github-actions[bot]', 'Bot'],
    [`Basic ${Buffer.from('x:sandbox-forge-otto').toString('base64')}`, 'otto', 'User'],
  ])('knows who %j is', async (token, login, type) => {
    const { status, body, headers } = await json('/user', as(token));
    expect(status).toBe(200);
    expect(body).toMatchObject({ login, type });
    expect(headers.get('x-oauth-scopes')).toContain('repo');
  });

  it.each(['token wrong', 'Bearer ', 'Digest x', 'token sandbox-forge-lin', 'Basic !!!', ''])(
    'refuses the token %j, also for reading',
    async token => {
      const { status, body } = await json(repository, as(token));
      expect(status).toBe(401);
      expect(body).toEqual({
        message: 'Bad credentials',
        documentation_url: 'https://docs.github.com/rest',
        status: '401',
      });
    },
  );

  it('lets anonymous read, and not write', async () => {
    const { body } = await json(repository);
    expect(body).toMatchObject({ full_name: 'acme/platform', default_branch: 'main' });
    expect(body.permissions).toBeUndefined();
    const refused = await json(`${repository}/git/refs`, { method: 'POST', body: '{}' });
    expect(refused.status).toBe(401);
    expect(refused.body.message).toBe('Requires authentication');
    const graphql = await fetch(`${forge.url}/api/graphql`, { method: 'POST', body: '{}' });
    expect(graphql.status).toBe(401);
    expect((await json('/user')).status).toBe(401);
  });

  it('says what somebody with a token may do', async () => {
    expect((await json(repository, portal())).body.permissions).toMatchObject({ push: true });
  });

  it.each([
    '/nothing',
    '/repos/acme/other',
    '/repos/other/platform',
    '/repos/acme/..%2Fplatform',
    `${repository}/nothing`,
    `${repository}/pulls/99`,
    `${repository}/pulls/x`,
    `${repository}/git/ref/heads/nothing`,
    `${repository}/git/ref/heads/..%2F..%2FHEAD`,
    `${repository}/git/blobs/${'0'.repeat(40)}`,
    `${repository}/git/blobs/--help`,
    `${repository}/git/trees/--help`,
    `${repository}/commits?sha=nothing`,
    `${repository}/commits?sha=--all`,
    `${repository}/commits/nothing/status`,
    `${repository}/contents/..%2F..%2Fconfig`,
    `${repository}/contents/.git/config`,
    `${repository}/contents/a%00b`,
    `${repository}/contents/README.md?ref=--output%3Dx`,
    `${repository}/compare/main...`,
    `${repository}/compare/main...%24%28id%29`,
    `${repository}/tarball/--output=x`,
  ])('answers %s with 404 as GitHub does', async path => {
    const { status, body, headers } = await json(path);
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: expect.any(String), status: '404' });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    `${repository}/commits/nothing`,
    `${repository}/commits/--all`,
    `${repository}/commits/main%0Ainfo%20x`,
    `${repository}/commits/${'0'.repeat(40)}/pulls`,
    `${repository}/commits/nothing/check-runs`,
  ])('answers %s with 422 as GitHub does', async path => {
    const { status, body } = await json(path);
    expect(status).toBe(422);
    expect(body.message).toMatch(/^No commit found for SHA: /);
  });

  it.each([
    `${repository}/git/ref/heads/main`,
    `${repository}/git/trees/main?recursive=1`,
    `${repository}/commits?path=README.md&sha=main&per_page=1`,
    `${repository}/commits?sha=main&per_page=1`,
    `${repository}/commits/main`,
    `${repository}/commits/feature/a`,
    `${repository}/compare/main...feature/a`,
    `${repository}/contents/README.md`,
    `${repository}/contents/gitops`,
    `${repository}/branches/feature/a`,
    `${repository}/pulls?state=all`,
    `${repository}/commits/main/status`,
    `${repository}/commits/main/check-runs`,
  ])('answers %s with 304 to who has it already', async path => {
    const first = await json(path);
    expect(first.status).toBe(200);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"/);
    const again = await forge.api(path, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    const other = await forge.api(path, { headers: { 'If-None-Match': 'W/"other"' } });
    expect(other.status).toBe(200);
  });

  it('changes the ETag of a ref when the branch moves', async () => {
    const path = `${repository}/git/ref/heads/moving`;
    const main = await json(`${repository}/git/ref/heads/main`);
    const a = await json(`${repository}/git/ref/heads/feature/a`);
    await write(`${repository}/git/refs`, 'POST', {
      ref: 'refs/heads/moving',
      sha: main.body.object.sha,
    });
    const etag = (await json(path)).headers.get('etag') ?? '';
    await write(`${repository}/git/refs/heads/moving`, 'PATCH', { sha: a.body.object.sha });
    const after = await forge.api(path, { headers: { 'If-None-Match': etag } });
    expect(after.status).toBe(200);
    const back = await write(`${repository}/git/refs/heads/moving`, 'PATCH', {
      sha: main.body.object.sha,
    });
    expect(back).toMatchObject({ status: 422, body: { message: 'Update is not a fast forward' } });
  });

  it.each([
    ['not JSON', '{', 400, 'Problems parsing JSON'],
    ['no object', '[]', 422, /Invalid request/],
    ['no title', { head: 'feature/a', base: 'main' }, 422, /'title'/],
    ['an empty title', { title: ' ', head: 'feature/a', base: 'main' }, 422, /'title'/],
    [
      'a title of 300 characters',
      { title: 'x'.repeat(300), head: 'feature/a', base: 'main' },
      422,
      /'title'/,
    ],
    ['a number for a branch', { title: 'x', head: 1, base: 'main' }, 422, /'head'/],
  ])('refuses a pull request with %s', async (_case, body, status, message) => {
    const answer = await write(`${repository}/pulls`, 'POST', body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(message);
  });

  it('refuses a body that is too large', async () => {
    const body = { content: 'x'.repeat(26 * 1024 * 1024) };
    expect((await write(`${repository}/git/blobs`, 'POST', body)).status).toBe(413);
  });

  it.each([
    ['no content', { message: 'x' }, 422, /"content" wasn't supplied/],
    ['what is no base64', { message: 'x', content: '%%%' }, 422, /'content'/],
    [
      'no sha for a file that is there',
      { message: 'x', content: 'eA==' },
      422,
      /"sha" wasn't supplied/,
    ],
    ['another sha', { message: 'x', content: 'eA==', sha: '0'.repeat(40) }, 409, /does not match/],
    ['no such branch', { message: 'x', content: 'eA==', branch: 'nothing' }, 404, /not found/],
    [
      'an option for a branch',
      { message: 'x', content: 'eA==', branch: '--all' },
      404,
      /not found/,
    ],
    ['a NUL in the message', { message: 'x\0y', content: 'eA==' }, 422, /'message'/],
  ])('refuses to write a file with %s', async (_case, body, status, message) => {
    const answer = await write(`${repository}/contents/README.md`, 'PUT', body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(message);
  });

  it('takes one of two writers who both started from the same file', async () => {
    const { body } = await json(`${repository}/contents/gitops/tenants/tenant-b-values.yaml`);
    const writers = ['first', 'second', 'third'].map(text =>
      write(`${repository}/contents/gitops/tenants/tenant-b-values.yaml`, 'PUT', {
        message: text,
        content: Buffer.from(text).toString('base64'),
        sha: body.sha,
      }),
    );
    const answers = await Promise.all(writers);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409]);
  });

  it('tells the rate limit, and does not count a revalidation', async () => {
    const { body, headers } = await json('/rate_limit', as('token sandbox-forge-dev'));
    expect(body.resources.core).toMatchObject({ limit: 5000, used: 0 });
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    await json(repository, as('token sandbox-forge-dev'));
    const after = await forge.api(repository, {
      headers: { Authorization: 'token sandbox-forge-dev', 'If-None-Match': 'x' },
    });
    expect(after.headers.get('x-ratelimit-used')).toBe('1');
    expect(after.headers.get('x-ratelimit-remaining')).toBe('4999');
  });

  it('answers a GraphQL query that it does not know with an error, and not with nothing', async () => {
    const answer = await fetch(`${forge.url}/api/graphql`, {
      method: 'POST',
      headers: { Authorization: `bearer ${forge.settings.tokens.forge}` },
      body: JSON.stringify({ query: '{ viewer { login } }' }),
    });
    expect(await answer.json()).toEqual({ errors: [{ message: expect.stringContaining('only') }] });
  });

  it('answers the texts of many blobs by GraphQL', async () => {
    const ask = async (query: string, name = 'platform') => {
      const answer = await fetch(`${forge.url}/api/graphql`, {
        method: 'POST',
        headers: { Authorization: `bearer ${forge.settings.tokens.forge}` },
        body: JSON.stringify({ query, variables: { owner: 'acme', name } }),
      });
      return (await answer.json()) as { data?: object; errors?: object[] };
    };
    const file = await json(`${repository}/contents/a.txt?ref=feature/a`);
    const { sha: commit } = (await json(`${repository}/commits/feature/a`)).body;
    const objects = [
      `oid:"${file.body.sha}"`,
      `oid:"${'0'.repeat(40)}"`,
      `expression:"${commit}:a.txt"`,
      `expression:"${commit}:nothing.txt"`,
    ].map((object, index) => `f${index}:object(${object}){...file}`);
    const query = `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${objects.join(
      ' ',
    )}}}fragment file on Blob{oid text isTruncated}`;
    const text = { oid: file.body.sha, text: 'a\n', isTruncated: false };
    expect(await ask(query)).toEqual({
      data: { repository: { f0: text, f1: null, f2: text, f3: null } },
    });
    expect((await ask(query, 'other')).errors).toMatchObject([{ type: 'NOT_FOUND' }]);
    expect((await ask(query.replace(/"[0-9a-f]+"/, '"HEAD"'))).errors).toHaveLength(1);
  });

  it('answers the commits of versions by GraphQL', async () => {
    const { sha, commit } = (await json(`${repository}/commits/main`)).body;
    const asked = [sha.slice(0, 7), 'refs/tags/1.0.0'];
    const objects = asked.map((name, index) => `v${index}:object(expression:"${name}"){...object}`);
    const query = `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${objects.join(
      ' ',
    )}}}fragment object on GitObject{...commit ...on Tag{target{...commit}}}fragment commit on Commit{oid url message committedDate author{name email user{login name}}associatedPullRequests(first:5){nodes{number url title mergedAt mergedBy{__typename login ...on User{name}}}}}`;
    const answer = await fetch(`${forge.url}/api/graphql`, {
      method: 'POST',
      headers: { Authorization: `bearer ${forge.settings.tokens.forge}` },
      body: JSON.stringify({ query, variables: { owner: 'acme', name: 'platform' } }),
    });
    expect(await answer.json()).toEqual({
      data: {
        repository: {
          v0: {
            oid: sha,
            url: `${forge.url}/acme/platform/commit/${sha}`,
            message: commit.message,
            committedDate: commit.committer.date,
            author: expect.objectContaining({ name: commit.author.name }),
            associatedPullRequests: { nodes: expect.any(Array) },
          },
          v1: null,
        },
      },
    });
  });

  it('gives a file as text, JSON or bytes, and a folder as a list', async () => {
    const file = await json(`${repository}/contents/a.txt?ref=feature/a`);
    expect(file.body).toMatchObject({
      type: 'file',
      encoding: 'base64',
      content: 'YQo=\n',
      html_url: `${forge.url}/acme/platform/blob/feature/a/a.txt`,
    });
    const download = await fetch(file.body.download_url);
    expect(await download.text()).toBe('a\n');
    const raw = await forge.api(`${repository}/contents/a.txt?ref=feature/a`, {
      headers: { Accept: 'application/vnd.github.raw+json' },
    });
    expect(await raw.text()).toBe('a\n');
    const folder = await json(`${repository}/contents/gitops/tenants`);
    expect(folder.body.map((entry: { path: string }) => entry.path)).toEqual([
      'gitops/tenants/tenant-a-values.yaml',
      'gitops/tenants/tenant-b-values.yaml',
    ]);
  });

  it('does not decode a path for the caller', async () => {
    // fetch() would normalise this before sending it.
    const status = await new Promise<number>((resolve, reject) => {
      const path = `/api/v3${repository}/contents/../../../../../etc/passwd`;
      request(`${forge.url}`, { path }, res => {
        res.resume();
        resolve(res.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });
});

describe('tokenOf', () => {
  it.each([
    [undefined, undefined],
    ['token a', 'a'],
    ['BEARER b', 'b'],
    [`Basic ${Buffer.from('user:c:d').toString('base64')}`, 'c:d'],
    ['Negotiate x', undefined],
    ['token', undefined],
  ])('takes the token out of %j', (header, token) => {
    expect(tokenOf(header)).toBe(token);
  });
});
