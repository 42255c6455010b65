import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

describe('the audit log', () => {
  let portal: TestPortal;
  let events: Array<AuditorServiceCreateEventOptions & { error?: string }>;
  let broken: boolean;
  /** What the caller is let do. */
  let allowed: Set<string>;

  const get = (path: string) =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header());

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    upstreams.github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    portal = await startTestPortal(upstreams, {
      features: [
        mockServices.auditor.mock({
          createEvent: async options => {
            if (broken) throw new Error('disk full');
            const noted: (typeof events)[number] = { ...options };
            events.push(noted);
            return {
              success: async () => {},
              fail: async ({ error }: { error: Error }) => {
                noted.error = error.name;
              },
            } as never;
          },
        }).factory,
      ],
      permissions: {
        // Asked for what an answer holds, and no matter of the log.
        authorize: async requests => requests.map(() => ({ result: AuthorizeResult.DENY })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) => ({
            result: allowed.has(permission.name) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          })) as never,
      },
    });
    allowed = new Set(['tenant-releases.release.read']);
    await eventually(async () => (await get('/releases/tenant-a/demo-api')).status, 200);
  });
  beforeEach(() => {
    events = [];
    broken = false;
    allowed = new Set();
  });
  afterAll(async () => {
    await portal.stop();
  });

  it.each([
    ['tenant-a', 'not allowed'],
    ['tenant-x', 'not there'],
  ])('notes who was refused %s, and why', async (tenant, reason) => {
    expect((await get(`/releases/${tenant}/demo-api/history`)).status).toBe(404);
    expect(events).toEqual([
      expect.objectContaining({
        eventId: 'release-access',
        severityLevel: 'medium',
        request: expect.anything(),
        error: 'NotFoundError',
        meta: {
          operation: 'listHistory',
          permission: 'tenant-releases.release.read',
          tenant,
          service: 'demo-api',
          reason,
        },
      }),
    ]);
  });

  it('notes a permission that is lacking for a release that is visible', async () => {
    allowed = new Set(['tenant-releases.release.read']);
    expect((await get('/releases/tenant-a/demo-api/logs')).status).toBe(403);
    expect(events).toMatchObject([{ error: 'NotAllowedError', meta: { operation: 'listLogs' } }]);
  });

  it('notes nothing for what is allowed, or malformed', async () => {
    allowed = new Set(['tenant-releases.release.read']);
    expect((await get('/releases/tenant-a/demo-api')).status).toBe(200);
    expect((await get('/releases/Tenant_A/demo-api')).status).toBe(400);
    expect(events).toEqual([]);
  });

  it('refuses as before when it cannot be written', async () => {
    broken = true;
    expect((await get('/releases/tenant-a/demo-api')).status).toBe(404);
  });
});
