import { z } from 'zod';
import { CookieJar } from './cookieJar';

const sessionSchema = z.object({ backstageIdentity: z.object({ token: z.string() }) });

/** The portal, or the issuer, refused a sign-in; the message is what it says. */
export class SignInRefusedError extends Error {
  override name = 'SignInRefusedError';
}

/** A sign-in needs no more redirects than these. */
const mostSteps = 12;
/** Milliseconds for each request. */
const requestMs = 10_000;

/**
 * Signs a person in as a browser does: the portal's start, the issuer's page with people, the portal's callback. Answers the
 * Backstage token, and ends the browser's session, which nobody goes on with.
 * @param portal - base URL of the portal
 * @param login - the account at the issuer
 * @throws SignInRefusedError when the portal does not know the person
 */
export async function signInOverHttp(portal: string, login: string): Promise<string> {
  const jar = new CookieJar();
  const query = { env: 'development', flow: 'redirect', redirectUrl: portal };
  const start = `${portal}/api/auth/oidc/start?${new URLSearchParams(query)}`;
  let { url, response } = await follow(jar, new URL(start), portal);
  if (url.origin !== new URL(portal).origin) {
    if (!response.ok) {
      throw new SignInRefusedError(`the issuer answers HTTP ${response.status} to the sign-in`);
    }
    const body = new URLSearchParams({ person: login });
    ({ url, response } = await follow(jar, url, portal, { method: 'POST', body }));
  }
  const problem = url.searchParams.get('error');
  if (problem !== null) throw new SignInRefusedError(problem);
  if (!response.ok) throw new SignInRefusedError(`HTTP ${response.status} at ${url.pathname}`);
  const session = await send(jar, new URL(`${portal}/api/auth/oidc/refresh?env=development`));
  if (!session.ok) throw new SignInRefusedError(`HTTP ${session.status} to the new session`);
  const { token } = sessionSchema.parse(await session.json()).backstageIdentity;
  const logout = new URL(`${portal}/api/auth/oidc/logout?env=development`);
  await (await send(jar, logout, { method: 'POST' })).arrayBuffer();
  return token;
}

/** Follows redirects until one leads back to the portal's page, which need not be fetched, or there is a page to answer. */
async function follow(
  jar: CookieJar,
  from: URL,
  portal: string,
  init: RequestInit = {},
): Promise<{ url: URL; response: Response }> {
  let url = from;
  let response = await send(jar, url, init);
  for (let step = 0; step < mostSteps; step += 1) {
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !location) return { url, response };
    url = new URL(location, url);
    if (url.origin === new URL(portal).origin && url.pathname === '/') {
      return { url, response: new Response() };
    }
    response = await send(jar, url);
  }
  throw new SignInRefusedError('the sign-in goes round in circles');
}

async function send(jar: CookieJar, url: URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    headers: { cookie: jar.header(url), 'x-requested-with': 'XMLHttpRequest' },
    signal: AbortSignal.timeout(requestMs),
  });
  jar.take(url, response.headers);
  return response;
}
