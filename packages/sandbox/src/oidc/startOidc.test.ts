import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunningServer, SandboxSettings, sandboxSettings } from '../settings';
import { CookieJar } from '../signIn/cookieJar';
import { startOidc } from '.';

jest.setTimeout(30_000);

const json = async (response: Response) => (await response.json()) as Record<string, string>;

describe('the OpenID provider', () => {
  let stateDir: string;
  let settings: SandboxSettings;
  let server: RunningServer;
  const callback = () => `http://localhost:${settings.ports.portal}/api/auth/oidc/handler/frame`;

  beforeAll(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'oidc-test-'));
    settings = sandboxSettings({ repositoryRoot: '/nowhere', stateDir, tools: { git: 'git' } });
    settings.ports.oidc = await freePort();
    server = await startOidc(settings);
  });
  afterAll(async () => {
    await server.close();
    await rm(stateDir, { recursive: true });
  });

  const verifier = randomBytes(32).toString('base64url');
  const request = (parameters: Record<string, string> = {}) => {
    const url = new URL(`${server.url}/auth`);
    const all = {
      client_id: 'tenant-portal',
      response_type: 'code',
      redirect_uri: callback(),
      scope: 'openid profile email',
      state: 'a-state',
      prompt: 'login',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) if (value) url.searchParams.set(name, value);
    return url;
  };

  /** Follows redirects within the issuer. */
  async function browse(jar: CookieJar, url: URL, init: RequestInit = {}) {
    let here = url;
    let response = await visit(jar, here, init);
    while (response.headers.has('location')) {
      here = new URL(response.headers.get('location')!, here);
      if (here.origin !== server.url) break;
      response = await visit(jar, here);
    }
    return { url: here, response };
  }

  async function visit(jar: CookieJar, url: URL, init: RequestInit = {}) {
    const headers = { cookie: jar.header(url) };
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    jar.take(url, response.headers);
    return response;
  }

  const choose = (person: string): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams({ person }),
  });

  async function signIn(person: string) {
    const jar = new CookieJar();
    const { url } = await browse(jar, request());
    return (await browse(jar, url, choose(person))).url;
  }

  const token = (body: Record<string, string>, secret = 'sandbox-oidc-secret') =>
    fetch(`${server.url}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`tenant-portal:${secret}`).toString('base64')}`,
      },
      body: new URLSearchParams(body),
    });
  const redeem = (code: string, code_verifier = verifier) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: callback(), code_verifier });

  it('describes itself', async () => {
    const answer = await fetch(`${server.url}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: server.url,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      revocation_endpoint: `${server.url}/token/revocation`,
    });
  });

  it('shows the people, and may send on to the portal only', async () => {
    const { response } = await browse(new CookieJar(), request());
    const text = await response.text();
    for (const login of ['ada', 'otto', 'berta', 'dev', 'carl']) {
      expect(text).toContain(`value="${login}"`);
    }
    expect(response.headers.get('content-security-policy')).toContain(
      "form-action 'self' http://localhost:*",
    );
  });

  it('says who somebody is, refreshes, and revokes', async () => {
    const back = await signIn('otto');
    expect(`${back.origin}${back.pathname}`).toBe(callback());
    expect(back.searchParams.get('state')).toBe('a-state');
    const tokens = await json(await redeem(back.searchParams.get('code')!));
    const who = async (accessToken: string) =>
      json(
        await fetch(`${server.url}/me`, { headers: { authorization: `Bearer ${accessToken}` } }),
      );
    const otto = {
      sub: 'otto',
      name: 'Otto Brandt',
      email: 'otto@acme.example',
      email_verified: true,
    };
    expect(await who(tokens.access_token)).toMatchObject(otto);
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const fresh = await json(await token(refresh));
    expect(await who(fresh.access_token)).toMatchObject(otto);
    // Another tab uses the same one.
    expect((await token(refresh)).status).toBe(200);
    await fetch(`${server.url}/token/revocation`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('tenant-portal:sandbox-oidc-secret').toString(
          'base64',
        )}`,
      },
      body: new URLSearchParams({ token: tokens.refresh_token }),
    });
    expect((await token(refresh)).status).toBe(400);
  });

  it('keeps refresh tokens and keys over a restart, for this account only to read', async () => {
    const back = await signIn('berta');
    const { refresh_token } = await json(await redeem(back.searchParams.get('code')!));
    const keys = await (await fetch(`${server.url}/jwks`)).json();
    await server.close();
    server = await startOidc(settings);
    expect(await (await fetch(`${server.url}/jwks`)).json()).toEqual(keys);
    const refreshed = await token({ grant_type: 'refresh_token', refresh_token });
    expect(refreshed.status).toBe(200);
    for (const name of ['keys.json', 'state.json']) {
      const file = path.join(stateDir, 'oidc', name);
      expect(JSON.parse(await readFile(file, 'utf8'))).toBeInstanceOf(Object);
      // eslint-disable-next-line no-bitwise
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
  });

  it.each([
    ['another redirect', { redirect_uri: 'http://localhost:1/steal' }, 'redirect_uri'],
    ['another client', { client_id: 'somebody' }, 'client'],
  ])('shows a page for %s and sends nobody there', async (_, parameters, message) => {
    const { url, response } = await browse(new CookieJar(), request(parameters));
    expect(url.origin).toBe(server.url);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  it('wants PKCE and the verifier that belongs to it, and the secret', async () => {
    const without = await browse(
      new CookieJar(),
      request({ code_challenge: '', code_challenge_method: '' }),
    );
    expect(without.url.searchParams.get('error')).toBe('invalid_request');
    const code = (await signIn('ada')).searchParams.get('code')!;
    expect((await redeem(code, 'x'.repeat(43))).status).toBe(400);
    const other = (await signIn('ada')).searchParams.get('code')!;
    const answer = await token({ grant_type: 'authorization_code', code: other }, 'wrong');
    expect(answer.status).toBe(401);
  });

  it.each(['', 'nobody', '__proto__'])('asks again when "%s" is chosen', async person => {
    const jar = new CookieJar();
    const { url } = await browse(jar, request());
    const { response } = await browse(jar, url, choose(person));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Who are you?');
  });

  it("does not take a choice from another browser, or of a sign-in that isn't", async () => {
    const { url } = await browse(new CookieJar(), request());
    const foreign = await browse(new CookieJar(), url, choose('ada'));
    expect(foreign.response.status).toBe(400);
    const unknown = await browse(new CookieJar(), new URL(`${server.url}/interaction/none`));
    expect(unknown.response.status).toBe(400);
    expect(await unknown.response.text()).toContain('Back to the portal');
  });
});

/** A port that nobody uses: the issuer's URL is part of what it says, over a restart, too. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
