import type { BackstageUserIdentity, ProfileInfo } from '@backstage/frontend-plugin-api';

/** What the auth backend answers to `/api/auth/<provider>/refresh`. */
export interface Session {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/** How people sign in: the company's OpenID provider, or as the guest where the configuration has one. */
export type Provider = 'oidc' | 'guest';

/** How a {@link Provider} of the auth backend is spoken to. */
export interface AuthBackend {
  /** Base URL of the auth backend. */
  baseUrl: string;
  /** `auth.environment` of the configuration. */
  environment: string;
}

/** The auth backend has no session for this browser. */
export class NoSessionError extends Error {
  override name = 'NoSessionError';
}

/**
 * The session of this browser, with a fresh token.
 *
 * @throws NoSessionError when nobody is signed in, or the portal no longer knows them
 * @throws Error when the auth backend cannot be asked
 */
export async function fetchSession(auth: AuthBackend, provider: Provider): Promise<Session> {
  const response = await call(auth, provider, 'refresh');
  // 404: this portal has no such provider.
  if ([401, 403, 404].includes(response.status)) throw new NoSessionError('Nobody is signed in');
  if (!response.ok) throw new Error(`The sign-in does not answer (HTTP ${response.status})`);
  return response.json();
}

/** Ends the session of this browser. The guest has none. */
export async function endSession(auth: AuthBackend, provider: Provider): Promise<void> {
  if (provider === 'guest') return;
  const response = await call(auth, provider, 'logout', 'POST');
  if (!response.ok) throw new Error(`The sign-out was refused (HTTP ${response.status})`);
}

/**
 * Where a browser goes to sign in. It comes back to the page that it left, with `error` in the query when that failed.
 *
 * @param page - address of the page
 */
export function signInUrl({ baseUrl, environment }: AuthBackend, page: URL): string {
  const back = new URL(page);
  back.searchParams.delete('error');
  const query = new URLSearchParams({
    env: environment,
    flow: 'redirect',
    origin: page.origin,
    redirectUrl: back.href,
  });
  return `${baseUrl}/oidc/start?${query}`;
}

function call(
  { baseUrl, environment }: AuthBackend,
  provider: Provider,
  action: 'refresh' | 'logout',
  method = 'GET',
): Promise<Response> {
  return fetch(`${baseUrl}/${provider}/${action}?${new URLSearchParams({ env: environment })}`, {
    method,
    // Proves that a page of the portal asks, not a form of another site.
    headers: { 'x-requested-with': 'XMLHttpRequest' },
    credentials: 'include',
  });
}
