import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  createTenantReleaseConditionalDecision,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';
import type { ReleasePermission } from './permissions/ReleaseAccess';

jest.setTimeout(60_000);

const revision = 'f'.repeat(40);
const image = 'ghcr.io/acme/demo-api:sha-1';
const platform = 'user:default/platform';
const ownerOf = (tenant: string) => `user:default/${tenant}`;

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

/** The platform group may do all, the owner of a tenant read it. */
const permissions = {
  authorize: async (
    requests: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(() => ({
      result: userOf(credentials) === platform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    })),
  authorizeConditional: async (
    requests: QueryPermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(({ permission }) => {
      const user = userOf(credentials);
      if (user === platform) return { result: AuthorizeResult.ALLOW };
      return createTenantReleaseConditionalDecision(
        permission as ReleasePermission,
        tenantReleaseConditions.isTenantOwner({
          claims: [`group:default/${user.split('/')[1]}-owners`],
        }),
      );
    }) as never,
} as never;

describe('Applications as Argo CD has them', () => {
  let portal: TestPortal;

  const get = (path: string, user = platform) =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));
  const row = async (tenant: string) =>
    (await get('/releases')).body.items?.find((item: { tenant: string }) => item.tenant === tenant);
  const codes = async (tenant: string) =>
    ((await row(tenant))?.reasons ?? []).map(({ code }: { code: string }) => code);
  const state = async (tenant: string) => (await row(tenant))?.state;
  const leftOut = async () =>
    (await get('/sources')).body.items.find(({ id }: { id: string }) => id === 'argocd:main')
      .leftOut ?? [];
  const lists = () =>
    portal.argocd.requests.filter(line => line.startsWith('GET /api/v1/applications?')).length;
  const asked = (pattern: RegExp) => portal.argocd.requests.filter(line => pattern.test(line));

  beforeEach(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd, kubernetes } = upstreams;
    for (const tenant of ['tenant-a', 'tenant-b']) {
      const owner = `group:default/${tenant}-owners`;
      github.commit({ [tenantPath(tenant)]: tenantFile(tenant, 'sha-1', { owner }) });
      argocd.set(tenant, { revision, images: [image] });
      kubernetes.set(`${tenant}-1`, { tenant, version: 'sha-1' });
    }
    portal = await startTestPortal(upstreams, { permissions });
    for (const tenant of ['tenant-a', 'tenant-b']) {
      await eventually(() => state(tenant), 'in-sync');
    }
    // The first list of a stream that has just been opened is followed by a second one.
    await eventually(() => lists() > 1, true);
  });

  afterEach(() => portal.stop());

  it('a destination that is a template hurts its own row only', async () => {
    const before = await row('tenant-b');
    portal.argocd.set('tenant-a', {
      revision,
      images: [image],
      spec: { destination: { server: '{{.server}}', namespace: 'tenant-a' } },
    });
    const found = await eventually(() => codes('tenant-a'), ['DESTINATION_UNKNOWN']);
    expect(found).toEqual(['DESTINATION_UNKNOWN']);
    const answer = await get('/releases');
    expect(answer.status).toBe(200);
    expect(await row('tenant-b')).toEqual(before);
    expect((await row('tenant-a')).state).toBe('degraded');
  });

  it('items of the list that are none are told, and the rest is there', async () => {
    portal.argocd.listed = [null, 5, 'x', [], {}, { metadata: {} }, { metadata: { name: 5 } }];
    portal.argocd.set('tenant-a', { revision, images: [image], health: 'Degraded' });
    portal.argocd.dropConnections();
    const count = async () => (await leftOut())[0]?.reason;
    const reason =
      '7 of the listed Applications have no metadata.name that can be read: correct or delete them.';
    expect(await eventually(count, reason, 15_000)).toBe(reason);
    expect(await leftOut()).toEqual([{ kind: 'application', name: '(no name)', reason }]);
    expect(await eventually(() => codes('tenant-a'), ['HEALTH_DEGRADED'])).toEqual([
      'HEALTH_DEGRADED',
    ]);
    expect(await state('tenant-b')).toBe('in-sync');
    // What is left out may name other tenants' objects.
    const { body } = await get('/sources', ownerOf('tenant-a'));
    expect(JSON.stringify(body)).not.toContain('leftOut');
  });

  it('an event with a field of the wrong type is not dropped', async () => {
    portal.argocd.set('tenant-a', {
      revision,
      images: [image],
      health: 'Degraded',
      status: { reconciledAt: 5, history: 'none', conditions: { type: 'x' } },
    });
    expect(
      await eventually(() => codes('tenant-a'), ['HEALTH_DEGRADED', 'APPLICATION_INVALID']),
    ).toEqual(['HEALTH_DEGRADED', 'APPLICATION_INVALID']);
    expect(await state('tenant-a')).toBe('degraded');
    const { reasons } = await row('tenant-a');
    expect(reasons[1].text).toContain('status.conditions, status.history');
    expect(await state('tenant-b')).toBe('in-sync');
  });

  it('an event without a name makes a list follow soon', async () => {
    portal.argocd.dropsEvents = true;
    portal.argocd.set('tenant-a', { revision, images: [image], health: 'Degraded' });
    const before = lists();
    portal.argocd.send({ result: { type: 'MODIFIED', application: { metadata: {} } } });
    expect(await eventually(() => codes('tenant-a'), ['HEALTH_DEGRADED'], 10_000)).toEqual([
      'HEALTH_DEGRADED',
    ]);
    expect(lists()).toBe(before + 1);
  });

  it('every call names the namespace and the project of the Application', async () => {
    portal.argocd.set('tenant-c', {
      revision,
      images: [image],
      appNamespace: 'apps',
      project: 'tenant-c',
      sync: 'OutOfSync',
      phase: 'Failed',
      operationRevision: 'e'.repeat(40),
      windows: {
        activeWindows: [{ kind: 'deny', schedule: '0 0 * * *', duration: '23h59m' }],
        assignedWindows: [{ kind: 'deny', schedule: '0 0 * * *', duration: '23h59m' }],
      },
      projectWindows: [{ kind: 'deny', schedule: '0 0 * * *', duration: '23h59m' }],
      tree: { nodes: [{ group: 'apps', kind: 'Deployment', name: 'demo-api' }] },
    });
    portal.github.commit({ [tenantPath('tenant-c')]: tenantFile('tenant-c', 'sha-2') });
    const resources = async () =>
      (await get('/releases/tenant-c/demo-api/resources')).body.items?.map(
        ({ name }: { name: string }) => name,
      );
    expect(await eventually(resources, ['demo-api'])).toEqual(['demo-api']);
    await get('/argocd/applications/tenant-c');
    await get(`/argocd/applications/tenant-c/revisions/${revision}/metadata`);
    const isAsked = async () => (await row('tenant-c')) && asked(/\/projects\/tenant-c/).length > 0;
    expect(await eventually(isAsked, true)).toBe(true);
    const calls = asked(/\/api\/v1\/applications\/tenant-c/);
    for (const path of ['resource-tree', 'managed-resources', 'syncwindows', 'revisions']) {
      expect(calls.filter(line => line.includes(`/${path}`)).length).toBeGreaterThan(0);
    }
    expect(calls.filter(line => !/[?&]appNamespace=apps&project=tenant-c/.test(line))).toEqual([]);
    expect(asked(/\/api\/v1\/projects\//)).toEqual(
      expect.arrayContaining(['GET /api/v1/projects/tenant-c']),
    );
  });

  it('asks for details in the namespace and project of the Application', async () => {
    // A list does not tell what went wrong.
    portal.argocd.dropsEvents = true;
    portal.argocd.set('tenant-a', {
      revision,
      appNamespace: 'apps',
      sync: 'OutOfSync',
      phase: 'Failed',
    });
    portal.argocd.delete('tenant-a');
    portal.argocd.send({ result: { type: 'MODIFIED', application: {} } });
    const details = () => asked(/^GET \/api\/v1\/applications\/tenant-a\?/)[0];
    const expected = 'GET /api/v1/applications/tenant-a?appNamespace=apps&project=tenant-a';
    expect(await eventually(details, expected, 10_000)).toBe(expected);
  });

  it('of two with a name, the tenant’s own is told, and the other to the platform group only', async () => {
    portal.argocd.set('tenant-a', {
      revision: 'e'.repeat(40),
      appNamespace: 'elsewhere',
      project: 'secret-project',
      namespace: 'secret-namespace',
      health: 'Degraded',
      message: 'secret-message',
      images: ['ghcr.io/acme/demo-api:secret-tag'],
    });
    const others = async () => (await leftOut()).map(({ name }: { name: string }) => name);
    expect(await eventually(others, ['elsewhere/tenant-a'])).toEqual(['elsewhere/tenant-a']);
    const { body, status } = await get('/argocd/applications/tenant-a', ownerOf('tenant-a'));
    expect(status).toBe(200);
    expect(body.metadata).toMatchObject({ name: 'tenant-a', namespace: 'argocd' });
    expect(body.spec.project).toBe('tenant-a');
    for (const path of [
      '/releases',
      '/releases/tenant-a/demo-api',
      '/argocd/applications/tenant-a',
      '/releases/tenant-a/demo-api/resources',
      '/sources',
    ]) {
      expect((await get(path, ownerOf('tenant-a'))).text).not.toMatch(/secret|elsewhere/);
    }
    expect(await state('tenant-a')).toBe('in-sync');
  });

  it('an owner sees no text of another tenant’s Application that takes his name', async () => {
    portal.argocd.delete('tenant-a');
    portal.argocd.set('tenant-a', {
      revision,
      project: 'tenant-b',
      namespace: 'tenant-b',
      images: ['ghcr.io/acme/demo-api:secret-tag'],
      message: 'secret-message',
      cluster: 'secret-cluster',
      spec: {
        source: {
          repoURL: 'https://git.example.com/acme/platform.git',
          path: 'secret-path',
          targetRevision: 'secret-branch',
        },
      },
    });
    expect(await eventually(() => codes('tenant-a'), ['APPLICATION_MISMATCH'])).toEqual([
      'APPLICATION_MISMATCH',
    ]);
    for (const path of ['/releases', '/releases/tenant-a/demo-api', '/sources']) {
      const { status, text } = await get(path, ownerOf('tenant-a'));
      expect(status).toBe(200);
      expect(text).not.toMatch(/secret|tenant-b/);
    }
    expect((await get('/argocd/applications/tenant-a', ownerOf('tenant-a'))).status).toBe(404);
    expect((await get('/releases/tenant-a/demo-api/resources', ownerOf('tenant-a'))).status).toBe(
      404,
    );
    expect(await state('tenant-b')).toBe('in-sync');
    const told = await leftOut();
    expect(told).toEqual([
      { kind: 'application', name: 'argocd/tenant-a', reason: expect.stringContaining('tenant-b') },
    ]);
  });
});
