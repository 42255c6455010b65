import { createHmac } from 'node:crypto';
import { eventually } from './testing/eventually';
import { PlatformFixture, startPlatform } from './testing/platformFixture';
import { applicationManifest, tenantValues } from './testing/platformFiles';
import { startArgocdWith } from './startArgocd';
import { FakeKubernetes } from './testing/fakeKubernetes';

jest.setTimeout(60_000);

describe('the server', () => {
  let platform: PlatformFixture;
  beforeAll(async () => {
    platform = await startPlatform({ pollInterval: 600_000 });
    await eventually(() => {
      if (platform.application('tenant-a').status?.sync?.status !== 'Synced') {
        throw new Error('tenant-a is not deployed');
      }
    });
  });
  afterAll(async () => await platform.close());

  const push = async (headers: Record<string, string>, body: string) =>
    await fetch(`${platform.server.url}/api/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const sign = (body: string, secret: string) => ({
    'x-github-event': 'push',
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  });

  it('deploys at once when a signed push tells of it', async () => {
    const revision = platform.git.commit('Bump', {
      'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222'),
    });
    const body = JSON.stringify({ repository: { clone_url: platform.git.url } });
    expect((await push(sign(body, platform.settings.webhookSecret), body)).status).toBe(200);
    await eventually(() =>
      expect(platform.application('tenant-a').status?.sync).toMatchObject({
        revision,
        status: 'Synced',
      }),
    );
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['an unknown sender', {}, '{}', 'Unknown webhook event'],
    [
      'a wrong signature',
      sign('{}', 'guess'),
      '{}',
      'Webhook processing failed: HMAC verification failed',
    ],
    [
      'no JSON',
      { 'x-github-event': 'push' },
      '{',
      'Webhook processing failed: error parsing payload',
    ],
    [
      'another event',
      { 'x-github-event': 'issues' },
      '{}',
      'Webhook processing failed: event not defined to be parsed',
    ],
  ])('refuses a webhook with %s', async (_name, headers, body, text) => {
    const answer = await push(headers, body);
    expect([answer.status, await answer.text()]).toEqual([400, `${text}\n`]);
  });

  it('shows its pages, which say what they stand in for', async () => {
    const list = await (await fetch(`${platform.server.url}/applications`)).text();
    expect(list).toContain('Embedded stand-in for <strong>Argo CD</strong>');
    expect(list).toContain('<a href="/applications/argocd/tenant-a">tenant-a</a>');
    const response = await fetch(`${platform.server.url}/applications/argocd/tenant-a`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('<td>Deployment</td>');
    expect((await fetch(`${platform.server.url}/applications/argocd/none`)).status).toBe(404);
    expect((await fetch(`${platform.server.url}/applications/%E0%A4%A`)).status).toBe(404);
  });

  it('escapes what an application says about itself', async () => {
    const { url } = platform.git;
    const hostile = '<script>alert(1)</script>';
    platform.git.commit('Hostile', {
      'gitops/apps/hostile.yaml': applicationManifest('hostile', url, { project: hostile }),
    });
    await platform.api('/api/v1/applications/root?refresh=normal');
    await eventually(async () => {
      const page = await (await fetch(`${platform.server.url}/applications/argocd/hostile`)).text();
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; which does not exist');
      expect(page).not.toContain('<script');
    });
  });

  it.each<[string, string, number, object]>([
    [
      'projects',
      '/api/v1/projects',
      200,
      {
        items: [
          { metadata: { name: 'default' } },
          { metadata: { name: 'platform' } },
          { metadata: { name: 'tenants' } },
        ],
      },
    ],
    ['a project', '/api/v1/projects/tenants', 200, { metadata: { name: 'tenants' } }],
    ['no project', '/api/v1/projects/none', 404, { code: 5 }],
    [
      'clusters',
      '/api/v1/clusters',
      200,
      { items: [{ name: 'in-cluster', server: 'https://kubernetes.default.svc' }] },
    ],
    ['repositories', '/api/v1/repositories', 200, { items: [{ type: 'git' }] }],
    ['who calls', '/api/v1/session/userinfo', 200, { loggedIn: true, username: 'backstage' }],
    ['sync windows', '/api/v1/applications/tenant-a/syncwindows', 200, { canSync: true }],
    [
      'manifests',
      '/api/v1/applications/tenant-a/manifests',
      200,
      {
        manifests: expect.arrayContaining([expect.stringContaining('"kind":"Deployment"')]),
      },
    ],
    [
      'nothing for an unknown label',
      '/api/v1/applications?selector=tenant%3Dnone',
      200,
      { items: null },
    ],
    [
      'nothing of another namespace',
      '/api/v1/applications?appNamespace=other',
      200,
      { items: null },
    ],
    ['nothing of another project', '/api/v1/applications?projects=none', 200, { items: null }],
    [
      'a stream that cannot begin',
      '/api/v1/stream/applications?selector=%3D%3D',
      500,
      { error: { grpc_code: 2, http_code: 500 } },
    ],
    [
      'an operation that is absent',
      '/api/v1/applications/tenant-a/manifests?revision=none',
      500,
      { code: 2, message: "unable to resolve 'none' to a commit SHA" },
    ],
  ])('answers %s', async (_name, target, status, body) => {
    const answer = await platform.api(target);
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status, body });
  });

  it('refuses the portal every change', async () => {
    const before = platform.kubernetes.find('Application', 'argocd', 'tenant-a');
    for (const [method, target] of [
      ['POST', '/sync'],
      ['POST', '/rollback'],
      ['DELETE', ''],
      ['DELETE', '/operation'],
      ['PUT', ''],
      ['PATCH', ''],
      ['PUT', '/spec'],
      ['DELETE', '/resource'],
    ]) {
      const answer = await platform.api(`/api/v1/applications/tenant-a${target}`, {
        method,
        body: '{"id":0}',
      });
      expect([method, target, answer.status]).toEqual([method, target, 403]);
    }
    expect(platform.kubernetes.find('Application', 'argocd', 'tenant-a')).toEqual(before);
  });

  it('deletes for the administrator, with the resources', async () => {
    platform.kubernetes.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'tenant-x' },
    });
    const { url } = platform.git;
    platform.git.commit('Another', {
      'gitops/apps/tenant-x.yaml': applicationManifest('tenant-x', url),
      'gitops/tenants/tenant-x-values.yaml': tenantValues('sha-1111111'),
    });
    await platform.api('/api/v1/applications/root?refresh=normal');
    await eventually(() =>
      expect(platform.kubernetes.find('Deployment', 'tenant-x', 'demo-api')).toBeDefined(),
    );
    const uid = platform.application('tenant-x').metadata.uid;
    const answer = await platform.api('/api/v1/applications/tenant-x', {
      method: 'DELETE',
      admin: true,
    });
    expect(answer.status).toBe(200);
    // Its manifest is still in Git: the root Application heals, with a new one.
    await eventually(() => {
      expect(platform.application('tenant-x').metadata.uid).not.toBe(uid);
      expect(platform.kubernetes.find('Deployment', 'tenant-x', 'demo-api')).toBeDefined();
    });
  });
});

describe('before the cluster has been seen', () => {
  it('answers that it does not know, not that there is nothing, and begins when the cluster comes', async () => {
    const platform = await startPlatform({ bootstrap: false });
    const kubernetes = new FakeKubernetes();
    kubernetes.disconnect();
    const log: string[] = [];
    const server = await startArgocdWith(platform.settings, {
      client: kubernetes,
      log: line => log.push(line),
      bootstrapUrl: platform.git.url,
    });
    const list = async () =>
      await fetch(`${server.url}/api/v1/applications`, {
        headers: { authorization: `Bearer ${platform.settings.tokens.argocd}` },
      });
    expect((await list()).status).toBe(503);
    expect((await fetch(`${server.url}/api/version`)).status).toBe(200);
    kubernetes.reconnect();
    await eventually(async () => expect((await (await list()).json()).items).toHaveLength(2));
    expect(log.filter(line => line.includes('cannot be reached'))).toHaveLength(1);
    await server.close();
    await platform.close();
  });
});
