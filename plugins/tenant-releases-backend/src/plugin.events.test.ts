import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';
import {
  isTenantOwner,
  createTenantReleaseConditionalDecision,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';

jest.setTimeout(30_000);

describe('GET /events', () => {
  let portal: TestPortal;
  let text = '';
  let connection: http.ClientRequest;

  const permissions = {
    authorize: async (requests: unknown[]) =>
      requests.map(() => ({ result: AuthorizeResult.DENY })),
    authorizeConditional: async (requests: Array<{ permission: never }>) =>
      requests.map(({ permission }) =>
        createTenantReleaseConditionalDecision(
          permission,
          tenantReleaseConditions.isTenantOwner({ claims: ['group:default/tenant-a-owners'] }),
        ),
      ),
  } as never;
  const hints = () =>
    [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data) as object);

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    upstreams.github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
      [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1'),
    });
    portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => {
      const { body } = await request(portal.server).get('/api/tenant-releases/releases');
      return [body.items.length, upstreams.argocd.openStreams, upstreams.kubernetes.openWatches];
    }, [1, 1, 1]);
    const { port } = portal.server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      connection = http.get(
        {
          port,
          host: '127.0.0.1',
          path: '/api/tenant-releases/events',
          headers: { authorization: mockCredentials.user.header() },
        },
        response => {
          expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
          response.setEncoding('utf8');
          response.on('data', chunk => {
            text += chunk;
            resolve();
          });
          response.on('error', () => undefined);
        },
      );
      connection.on('error', reject);
    });
    // What is still being read when the stream opens has been told before the tests begin.
    await new Promise(resolve => setTimeout(resolve, 400));
    text = '';
  });

  afterAll(async () => {
    connection.destroy();
    await portal.stop();
  });

  it('tells of the caller’s tenants, at once and without data, and of no other', async () => {
    portal.argocd.set('tenant-b', { sync: 'OutOfSync' });
    portal.kubernetes.set('b', { tenant: 'tenant-b', version: 'sha-1' });
    portal.argocd.set('tenant-a', { sync: 'OutOfSync' });
    const expected = [{ type: 'changed', tenants: ['tenant-a'] }];
    expect(await eventually(hints, expected)).toEqual(expected);
    expect(text).not.toContain('tenant-b');
  });

  it('tells who could read a release that it is somebody else’s now, or gone, and nobody else', async () => {
    const hint = [{ type: 'changed', tenants: ['tenant-a'] }];
    const change = async (files: Record<string, string | undefined>) => {
      text = '';
      portal.github.commit(files);
      return eventually(async () => hints().slice(0, 1), hint, 5_000);
    };
    const listed = async () =>
      (await request(portal.server).get('/api/tenant-releases/releases')).body.items.length;
    const path = tenantPath('tenant-a');
    const own = tenantFile('tenant-a', 'sha-2');
    expect(await change({ [path]: own.replace('tenant-a-owners', 'tenant-b-owners') })).toEqual(
      hint,
    );
    expect(await eventually(listed, 0)).toBe(0);
    // What belongs to somebody else is none of the caller's business any more.
    await new Promise(resolve => setTimeout(resolve, 400));
    text = '';
    portal.argocd.set('tenant-a', { sync: 'Synced' });
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(text).not.toContain('tenant-a');
    expect(await change({ [path]: own })).toEqual(hint);
    expect(await change({ [path]: undefined })).toEqual(hint);
    expect(await eventually(listed, 0)).toBe(0);
  });

  it('says that sources have changed without naming a tenant', async () => {
    text = '';
    await portal.kubernetes.stop();
    const expected = [{ type: 'changed', tenants: [] }];
    expect(await eventually(hints, expected, 10_000)).toEqual(expected);
  }, 15_000);

  it('has a rule by the agreed name', () => {
    expect(isTenantOwner.name).toBe('IS_TENANT_OWNER');
  });
});
