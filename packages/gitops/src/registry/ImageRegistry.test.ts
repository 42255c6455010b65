import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseImage } from '../locate/imageReference';
import { testDigest, testRegistry, type TestRegistry } from '../__testUtils__/testRegistry';
import { ImageRegistry, type ImageRegistryOptions } from './ImageRegistry';
import type { RegistrySettings } from './registrySettings';

const image = 'team/demo-api:sha-1111111';
let registry: TestRegistry;
let other: TestRegistry;
beforeEach(async () => {
  registry = await testRegistry(image);
  other = await testRegistry(image);
});
afterEach(() => Promise.all([registry.close(), other.close()]));

const credentials = { username: 'ci', password: 'secret-word' };

function asker(more: Partial<RegistrySettings> = {}, options: ImageRegistryOptions = {}) {
  const settings = { host: 'ghcr.io', path: '', url: registry.url, ...more };
  const asked = new ImageRegistry([settings], options);
  return (name = `ghcr.io/${image}`) => asked.lookUp(parseImage(name)!);
}

/** What a handler that always answers the same does. */
function always(status: number, headers: Record<string, string> = {}, body = '') {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
    return true;
  };
}

it('says what exists, by tag and by digest, and what does not', async () => {
  const ask = asker();
  const digest = testDigest(image);
  expect(await ask()).toEqual({ kind: 'exists', digest });
  expect(await ask(`ghcr.io/team/demo-api@${digest}`)).toEqual({ kind: 'exists', digest });
  expect(await ask('ghcr.io/team/demo-api:sha-2222222')).toEqual({ kind: 'absent' });
  expect(await ask(`ghcr.io/team/demo-api@sha256:${'0'.repeat(64)}`)).toEqual({ kind: 'absent' });
  expect(await ask('ghcr.io/other/demo-api:sha-1111111')).toEqual({ kind: 'absent' });
});

it('pulls a pinned tag by its digest, as a container runtime does', async () => {
  expect(await asker()(`ghcr.io/team/demo-api:gone@${testDigest(image)}`)).toMatchObject({
    kind: 'exists',
  });
});

it('asks no registry that it was not given', async () => {
  const ask = asker();
  expect(await ask('quay.io/team/demo-api:1.0.0')).toEqual({
    kind: 'unknown',
    reason: 'quay.io is none of the registries to ask',
  });
  expect(await ask('team/demo-api:1.0.0')).toMatchObject({
    reason: 'docker.io is none of the registries to ask',
  });
  expect(registry.requests).toEqual([]);
});

it('takes the registry with the longest path', async () => {
  const settings = [
    { host: 'ghcr.io', path: '', url: registry.url },
    { host: 'ghcr.io', path: 'team', url: other.url },
  ];
  const asked = new ImageRegistry(settings);
  await asked.lookUp({ name: 'ghcr.io/team/demo-api', tag: 'a' });
  await asked.lookUp({ name: 'ghcr.io/teams/demo-api', tag: 'a' });
  expect(other.requests[0]).toContain('/v2/team/demo-api/');
  expect(registry.requests[0]).toContain('/v2/teams/demo-api/');
});

describe('answers that are no truth', () => {
  it.each([
    [401, {}, '', 'wants credentials, and none are configured (401)'],
    [403, {}, '', 'wants credentials, and none are configured (403)'],
    [429, { 'retry-after': '1' }, '', 'limits requests now (429)'],
    [500, {}, '', 'answers 500'],
    [503, {}, '', 'answers 503'],
    [404, {}, 'not here', 'answers 404, but not as a registry does'],
    [404, {}, '{"errors":[]}', 'answers 404, but not as a registry does'],
    [404, {}, '{"errors":[{"code":"DENIED"}]}', 'answers 404, but not as a registry does'],
    [404, {}, 'x'.repeat(1_000_000), 'answers 404, but not as a registry does'],
    [200, { 'content-type': 'text/html' }, 'welcome', 'answers with something that is no manifest'],
    [204, {}, '', 'answers 204'],
    [302, {}, '', 'leads to an address that is not followed'],
    [302, { location: 'file:///etc/passwd' }, '', 'leads to an address that is not followed'],
    [302, { location: '/again' }, '', 'leads from one address to the next without end'],
  ])('%d %j %.20s', async (status, headers, body, reason) => {
    registry.instead = always(status, headers as Record<string, string>, body);
    expect(await asker()()).toEqual({ kind: 'unknown', reason: `ghcr.io ${reason}` });
    expect(registry.requests.length).toBeLessThanOrEqual(8);
  });

  it('another digest than the one asked for', async () => {
    const wanted = `sha256:${'a'.repeat(64)}`;
    registry.instead = always(200, {
      'content-type': 'application/vnd.oci.image.manifest.v1+json',
      'docker-content-digest': testDigest(image),
    });
    expect(await asker()(`ghcr.io/team/demo-api@${wanted}`)).toEqual({
      kind: 'unknown',
      reason: 'ghcr.io answers with the digest of another image',
    });
  });

  it.each<[string, NonNullable<TestRegistry['instead']>]>([
    ['silence', () => true],
    [
      'an error without end',
      (request, response) => {
        response.writeHead(404, { 'content-type': 'application/json' });
        if (request.method === 'HEAD') response.end();
        else response.write('{"errors":');
        return true;
      },
    ],
  ])('%s', async (_, instead) => {
    registry.instead = instead;
    expect(await asker({}, { timeoutMs: 200 })()).toEqual({
      kind: 'unknown',
      reason: 'ghcr.io does not answer in time',
    });
  });

  it('a connection that breaks, or that nobody takes', async () => {
    registry.instead = request => {
      request.socket.destroy();
      return true;
    };
    expect(await asker()()).toEqual({
      kind: 'unknown',
      reason: 'ghcr.io breaks off the connection',
    });
    const { url } = registry;
    await registry.close();
    expect(await asker({ url })()).toEqual({
      kind: 'unknown',
      reason: 'ghcr.io refuses the connection',
    });
    registry = await testRegistry();
  });

  it('a name that no registry can have', async () => {
    expect(await asker()('ghcr.io/Team/demo-api:1')).toMatchObject({ kind: 'unknown' });
    expect(registry.requests).toEqual([]);
  });
});

describe('signing in', () => {
  const bearer = (more = '') =>
    always(401, { 'www-authenticate': `Bearer realm="${other.url}/token",service="reg"${more}` });
  /** A registry that wants a token of another host. */
  function wantToken(answerToken = always(200, {}, '{"token":"good","expires_in":100}')) {
    registry.instead = (request, response) =>
      request.headers.authorization === 'Bearer good' ? false : bearer()(request, response);
    other.instead = answerToken;
  }

  it('gets a token at the realm, with the credentials, and uses it again', async () => {
    wantToken();
    let now = 0;
    const ask = asker({ credentials }, { now: () => now });
    expect(await ask()).toMatchObject({ kind: 'exists' });
    expect(other.requests).toEqual([
      'GET /token?service=reg&scope=repository%3Ateam%2Fdemo-api%3Apull Basic',
    ]);
    expect(registry.requests.map(one => one.split(' ')[2])).toEqual([undefined, 'Bearer']);
    await ask('ghcr.io/team/demo-api:sha-2222222');
    expect(other.requests).toHaveLength(1);
    now = 90_000;
    await ask('ghcr.io/team/demo-api:sha-3333333');
    expect(other.requests).toHaveLength(2);
  });

  it('asks as nobody where no credentials are given', async () => {
    wantToken(always(200, {}, '{"access_token":"good"}'));
    expect(await asker()()).toMatchObject({ kind: 'exists' });
    expect(other.requests[0]).not.toContain('Basic');
  });

  it('asks once more only, when what it got is refused', async () => {
    wantToken(always(200, {}, '{"token":"bad"}'));
    expect(await asker({ credentials })()).toEqual({
      kind: 'unknown',
      reason: 'ghcr.io refuses the credentials (401)',
    });
    expect(registry.requests).toHaveLength(2);
    expect(other.requests).toHaveLength(1);
  });

  it.each([
    [403, '', {}, 'gives none without credentials (403)'],
    [401, '', { credentials }, 'refuses the credentials (401)'],
    [
      401,
      '',
      { notSupported: 'credHelpers ecr-login is not supported' },
      'wants credentials: credHelpers ecr-login is not supported (401)',
    ],
    [500, '', {}, 'answers 500'],
    [200, 'hello', {}, 'answers with something that is no token'],
    [200, '{"token":"a\\nb"}', {}, 'answers with something that is no token'],
    [200, '{"token":7}', {}, 'answers with something that is no token'],
  ])('says what the token service answers: %d %s', async (status, body, more, reason) => {
    wantToken(always(status, {}, body));
    const answer = await asker(more)();
    expect(answer).toEqual({ kind: 'unknown', reason: `the token service of ghcr.io ${reason}` });
    expect(JSON.stringify(answer)).not.toContain('secret-word');
  });

  it.each(['', 'nowhere', 'ftp://example.com/', 'http://a:b@example.com/'])(
    'does not ask the realm %j',
    async realm => {
      registry.instead = always(401, { 'www-authenticate': `Bearer realm="${realm}"` });
      expect(await asker({ credentials })()).toEqual({
        kind: 'unknown',
        reason: 'ghcr.io names a token service that is not asked',
      });
    },
  );

  it('gives user and password where they are asked for', async () => {
    registry.instead = (request, response) =>
      request.headers.authorization === `Basic ${Buffer.from('ci:secret-word').toString('base64')}`
        ? false
        : always(401, { 'www-authenticate': 'Basic realm="here"' })(request, response);
    const ask = asker({ credentials });
    expect(await ask()).toMatchObject({ kind: 'exists' });
    expect(await asker()()).toMatchObject({ kind: 'unknown' });
    expect(registry.requests.slice(0, 2).map(one => one.split(' ')[2])).toEqual([
      undefined,
      'Basic',
    ]);
  });

  it('leaves the credentials at home when it is led to another host', async () => {
    registry.instead = (request, response) => {
      if (!request.headers.authorization) {
        return always(401, { 'www-authenticate': 'Basic realm="here"' })(request, response);
      }
      return always(307, { location: `${other.url}${request.url}` })(request, response);
    };
    expect(await asker({ credentials })()).toMatchObject({ kind: 'exists' });
    expect(other.requests).toEqual(['HEAD /v2/team/demo-api/manifests/sha-1111111']);
  });
});

describe('what is kept', () => {
  it('asks once for a digest, and again for a tag after a minute', async () => {
    let now = 0;
    const ask = asker({}, { now: () => now });
    const pinned = `ghcr.io/team/demo-api@${testDigest(image)}`;
    for (const at of [0, 1, 59_000, 61_000]) {
      now = at;
      await ask();
      await ask(pinned);
    }
    const asked = (text: string) => registry.requests.filter(one => one.endsWith(text)).length;
    expect(asked('sha-1111111')).toBe(2);
    expect(asked(testDigest(image))).toBe(1);
  });

  it('sees an image soon that was not there, and an outage end', async () => {
    let now = 0;
    const ask = asker({}, { now: () => now });
    const late = 'team/demo-api:sha-9999999';
    expect(await ask(`ghcr.io/${late}`)).toEqual({ kind: 'absent' });
    registry.instead = always(503);
    expect(await ask()).toMatchObject({ kind: 'unknown' });
    registry.instead = undefined;
    registry.images.add(late);
    now = 11_000;
    expect(await ask(`ghcr.io/${late}`)).toMatchObject({ kind: 'exists' });
    expect(await ask()).toMatchObject({ kind: 'exists' });
  });

  it('asks once for all who ask at the same time, and few images at a time', async () => {
    let open = 0;
    let most = 0;
    registry.instead = (_, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        always(200, { 'content-type': 'application/vnd.oci.image.index.v1+json' })(_, response);
      }, 20);
      return true;
    };
    const ask = asker({}, { concurrency: 3 });
    const names = Array.from({ length: 30 }, (_, index) => `ghcr.io/team/demo-api:v${index % 10}`);
    const answers = await Promise.all(names.map(name => ask(name)));
    expect(answers.every(({ kind }) => kind === 'exists')).toBe(true);
    expect(registry.requests).toHaveLength(10);
    expect(most).toBe(3);
  });
});
