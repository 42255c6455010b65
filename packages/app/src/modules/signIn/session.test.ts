import { signInUrl } from './session';

describe('signInUrl', () => {
  it('comes back to the page, without an earlier refusal', () => {
    const auth = { baseUrl: 'http://portal/api/auth', environment: 'production' };
    const page = new URL('http://portal/tenants?state=held&error=no#row');
    const url = new URL(signInUrl(auth, page));
    expect(url.pathname).toBe('/api/auth/oidc/start');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      env: 'production',
      flow: 'redirect',
      origin: 'http://portal',
      redirectUrl: 'http://portal/tenants?state=held#row',
    });
  });
});
