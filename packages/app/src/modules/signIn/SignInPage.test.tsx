import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { SignInPage } from './SignInPage';

const base = 'http://localhost:0/api/auth';
const server = setupServer();

const session = (token: string, name = 'otto') => ({
  profile: { displayName: name },
  providerInfo: {},
  backstageIdentity: {
    token,
    expiresInSeconds: 3600,
    identity: { type: 'user', userEntityRef: `user:default/${name}`, ownershipEntityRefs: [] },
  },
});

const nobody = http.get(`${base}/oidc/refresh`, () => new HttpResponse(undefined, { status: 401 }));
const guest = http.get(`${base}/guest/refresh`, () => HttpResponse.json(session('g', 'ada')));

async function open(options: { path?: string; environment?: string } = {}) {
  const entered: IdentityApi[] = [];
  renderInTestApp(<SignInPage onSignInSuccess={identity => entered.push(identity)} />, {
    initialRouteEntries: [options.path ?? '/'],
    config: {
      app: { title: 'Tenant Portal' },
      auth: { environment: options.environment ?? 'development' },
    },
    apis: [mockApis.discovery({ baseUrl: 'http://localhost:0' })],
  });
  return entered;
}

describe('SignInPage', () => {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    localStorage.clear();
  });
  afterAll(() => server.close());

  it('lets in whoever has a session, without a question', async () => {
    server.use(
      http.get(`${base}/oidc/refresh`, ({ request }) =>
        request.headers.get('x-requested-with') === 'XMLHttpRequest' &&
        new URL(request.url).searchParams.get('env') === 'production'
          ? HttpResponse.json(session('a-token'))
          : new HttpResponse(undefined, { status: 401 }),
      ),
    );
    const entered = await open({ environment: 'production' });
    await waitFor(() => expect(entered).toHaveLength(1));
    expect(await entered[0].getCredentials()).toEqual({ token: 'a-token' });
    expect(await entered[0].getProfileInfo()).toEqual({ displayName: 'otto' });
  });

  it('offers the sign-in alone, unless the portal is a trial', async () => {
    server.use(nobody);
    await open({ environment: 'production' });
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeEnabled();
    expect(screen.queryByRole('button', { name: 'Enter as a guest' })).not.toBeInTheDocument();
  });

  it('says what this is, what one will see, and whom to ask', async () => {
    server.use(nobody);
    await open();
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Sign in to Tenant Portal' }),
    ).toBeVisible();
    expect(screen.getByText(/which version of the software should run/)).toHaveTextContent(
      'After you sign in you see the tenants of your team',
    );
    expect(screen.getByText(/Questions\?/)).toHaveTextContent('Ask your platform team');
  });

  it('lets in guests of a trial, and remembers it', async () => {
    server.use(nobody, guest);
    const entered = await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Enter as a guest' }));
    await waitFor(() => expect(entered).toHaveLength(1));
    const again = await open();
    await waitFor(() => expect(again).toHaveLength(1));
    await again[0].signOut();
    expect(localStorage.getItem('tenant-portal.guest')).toBeNull();
  });

  it('says so when there are no guests after all', async () => {
    server.use(
      nobody,
      http.get(`${base}/guest/refresh`, () => new HttpResponse(undefined, { status: 404 })),
    );
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Enter as a guest' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('no guest access');
  });

  it('says why somebody was refused, and does not try again by itself', async () => {
    const error = 'Failed to sign-in, unable to resolve user identity. Please verify ...';
    const entered = await open({ path: `/?error=${encodeURIComponent(error)}` });
    expect(await screen.findByRole('alert')).toHaveTextContent('you have no access to this portal');
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeEnabled();
    expect(entered).toHaveLength(0);
  });

  it('says so when the portal does not answer', async () => {
    server.use(
      http.get(`${base}/oidc/refresh`, () => new HttpResponse(undefined, { status: 502 })),
    );
    await open();
    expect(await screen.findByRole('alert')).toHaveTextContent('HTTP 502');
  });
});
