import request from 'supertest';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
  type Upstreams,
} from './__testUtils__/startTestPortal';

describe('the start', () => {
  let upstreams: Upstreams;
  let portal: TestPortal | undefined;

  beforeEach(async () => {
    upstreams = await startUpstreams();
    upstreams.github.commit({ a: 'b' });
  });

  afterEach(async () => {
    await portal?.stop();
    portal = undefined;
    await Promise.all(Object.values(upstreams).map(upstream => upstream.stop()));
  });

  const integration = (github: { url: string }, token?: string) => ({
    integrations: {
      github: [{ host: 'git.example.com', apiBaseUrl: github.url, ...(token ? { token } : {}) }],
    },
  });

  it.each([
    [
      'no token',
      undefined,
      /Configuration integrations\.github has no token for host git\.example\.com; set one/,
    ],
    [
      'a token that is refused',
      'wrong-token',
      /gitops\.repository \S+ cannot be read: the token .* is refused; set it/,
    ],
  ])('fails with one line on %s', async (_, token, message) => {
    const config = { ...configFor(upstreams), ...integration(upstreams.github, token) };
    const failure = await startTestPortal(upstreams, { config }).then(
      started => {
        portal = started;
        return 'it started';
      },
      // The framework puts its own line in front.
      error => String(error.message).split('\n').slice(1).join('\n'),
    );
    expect(failure).toMatch(message);
    expect(failure).not.toMatch(/\n|wrong-token/);
  });

  it('goes on without optional parts that are wrong, and shows them', async () => {
    const config = {
      ...configFor(upstreams),
      argocd: {
        appLocatorMethods: [{ type: 'config', instances: [{ name: 'main', url: 'nowhere' }] }],
      },
      kubernetes: {},
    };
    portal = await startTestPortal(upstreams, { config });
    const { body } = await request(portal.server).get('/api/tenant-releases/sources');
    const shown = body.items.map(
      ({ id, state, error }: { id: string; state: string; error?: string }) =>
        `${id} ${error ?? state}`,
    );
    expect(shown).toEqual(
      expect.arrayContaining(['argocd:main misconfigured', 'kubernetes misconfigured']),
    );
    expect(shown).toHaveLength(5);
    const details = body.items.map(({ detail }: { detail?: string }) => detail);
    expect(details).toEqual(
      expect.arrayContaining([
        'argocd.appLocatorMethods[0].instances[0].url is not a URL; write it with http:// or https://',
      ]),
    );
    const list = await request(portal.server).get('/api/tenant-releases/releases');
    expect(list.status).toBe(200);
  });
});
