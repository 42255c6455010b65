import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { PortalIdentity } from './PortalIdentity';
import type { Session } from './session';

const auth = { baseUrl: 'http://localhost:0/api/auth', environment: 'production' };
const server = setupServer();

const session = (token: string): Session => ({
  profile: {},
  backstageIdentity: {
    token,
    expiresInSeconds: 3600,
    identity: { type: 'user', userEntityRef: 'user:default/otto', ownershipEntityRefs: [] },
  },
});

describe('PortalIdentity', () => {
  let time: number;
  let lost: number;
  let asked: number;

  const identity = () =>
    new PortalIdentity({
      auth,
      provider: 'oidc',
      session: session('first'),
      onLost: () => (lost += 1),
      onSignOut: () => {},
      now: () => time,
    });
  const answer = (respond: () => Response) =>
    server.use(
      http.get(`${auth.baseUrl}/oidc/refresh`, () => {
        asked += 1;
        return respond();
      }),
    );

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    time = 0;
    lost = 0;
    asked = 0;
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('keeps a token until shortly before it expires, then renews it once for all who ask', async () => {
    answer(() => HttpResponse.json(session('second')));
    const api = identity();
    time = 54 * 60_000;
    expect(await api.getCredentials()).toEqual({ token: 'first' });
    time = 56 * 60_000;
    const answers = await Promise.all([api.getCredentials(), api.getCredentials()]);
    expect(answers).toEqual([{ token: 'second' }, { token: 'second' }]);
    expect(asked).toBe(1);
    time += 54 * 60_000;
    await api.getCredentials();
    expect(asked).toBe(1);
  });

  it('says so when the session has ended elsewhere', async () => {
    answer(() => new HttpResponse(undefined, { status: 401 }));
    const api = identity();
    time = 60 * 60_000;
    await expect(api.getCredentials()).rejects.toThrow('Nobody is signed in');
    expect(lost).toBe(1);
  });

  it('tries again after an outage', async () => {
    answer(() => new HttpResponse(undefined, { status: 503 }));
    const api = identity();
    time = 60 * 60_000;
    await expect(api.getCredentials()).rejects.toThrow('HTTP 503');
    expect(lost).toBe(0);
    answer(() => HttpResponse.json(session('second')));
    expect(await api.getCredentials()).toEqual({ token: 'second' });
  });

  it('ends the session at the sign-out', async () => {
    let ended = false;
    server.use(
      http.post(`${auth.baseUrl}/oidc/logout`, () => {
        ended = true;
        return new HttpResponse();
      }),
    );
    await identity().signOut();
    expect(ended).toBe(true);
  });
});
