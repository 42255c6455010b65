import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { PermissionCheckedArgocdClient } from './PermissionCheckedArgocdClient';

const base = 'http://portal.test/api/tenant-releases/argocd/applications';
const server = setupServer();
registerMswTestHooks(server);

const client = new PermissionCheckedArgocdClient(
  mockApis.fetch({
    resolvePluginProtocol: { discoveryApi: mockApis.discovery({ baseUrl: 'http://portal.test' }) },
    injectIdentityAuth: { token: 'token-of-otto' },
  }),
);

const application = {
  metadata: {
    name: 'tenant-a',
    namespace: 'argocd',
    instance: { name: 'main', url: 'http://a.test' },
  },
  spec: { source: { repoURL: 'https://git.test/acme/platform.git', path: 'charts/tenant' } },
  status: {
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
    operationState: { startedAt: '2026-11-23T12:00:00Z', phase: 'Running' },
    history: [{ id: 3, revision: '1a2b3c4', deployedAt: '2026-11-23T12:00:04Z' }],
    summary: { images: ['ghcr.io/acme/demo-api:sha-1a2b3c4'] },
  },
};

function serve(path: string, body: object, status = 200): Request[] {
  const requests: Request[] = [];
  server.use(
    http.get(`${base}${path}`, ({ request }) => {
      requests.push(request);
      return HttpResponse.json(body, { status });
    }),
  );
  return requests;
}

describe('PermissionCheckedArgocdClient', () => {
  it('finds and reads an Application as the signed-in user, with all that the cards show', async () => {
    const requests = serve('/tenant-a', application);
    expect(await client.serviceLocatorUrl({ appName: 'tenant-a' })).toEqual([
      { name: 'main', url: 'http://a.test', appName: ['tenant-a'] },
    ]);
    expect(await client.getAppDetails({ appName: 'tenant-a' })).toEqual(application);
    expect(requests.map(request => request.headers.get('authorization'))).toEqual([
      'Bearer token-of-otto',
      'Bearer token-of-otto',
    ]);
  });

  it('reads who made a revision', async () => {
    const revision = { author: 'Ada', date: '2026-11-23T12:00:00Z', message: 'bump demo-api' };
    serve('/tenant-a/revisions/1a2b3c4/metadata', { ...revision, tags: [] });
    expect(await client.getRevisionDetails({ app: 'tenant-a', revisionID: '1a2b3c4' })).toEqual(
      revision,
    );
  });

  it('encodes names', async () => {
    const requests = serve('/*', application);
    await client.getAppDetails({ appName: '../tenant-b' });
    expect(new URL(requests[0].url).pathname).toMatch(/\/applications\/\.\.%2Ftenant-b$/);
  });

  it('hands on a refusal', async () => {
    serve('/tenant-b', { error: { name: 'NotFoundError', message: 'no such tenant' } }, 404);
    await expect(client.getAppDetails({ appName: 'tenant-b' })).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
    });
  });

  it('refuses an answer of another shape', async () => {
    serve('/tenant-a', { metadata: { name: 'tenant-a' } });
    await expect(client.getAppDetails({ appName: 'tenant-a' })).rejects.toThrow(
      'The Application cannot be read: metadata.namespace',
    );
  });

  it.each([
    ['listApps', () => client.listApps()],
    ['getAppListDetails', () => client.getAppListDetails()],
    ['serviceLocatorUrl by label', () => client.serviceLocatorUrl({})],
  ])('does not offer %s', async (_, call) => {
    await expect(call()).rejects.toThrow(/Not offered here/);
  });
});
