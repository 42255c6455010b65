import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  PendingTenantAnswer,
  PendingTenantList,
} from '@internal/plugin-tenant-releases-common';
import { onboardingTopic } from '@internal/plugin-tenant-releases-node';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

const onboarder = 'user:default/ada';

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

const permissions = {
  authorize: async (
    requests: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(() => ({
      result: userOf(credentials) === onboarder ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    })),
};

describe('pending tenants', () => {
  let portal: TestPortal;
  const get = (path: string, user = onboarder) =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(user));
  const list = async () => (await get('/pending-tenants')).body as PendingTenantList;
  const one = async (tenant: string) =>
    (await get(`/pending-tenants/${tenant}`)).body as PendingTenantAnswer;

  beforeEach(async () => {
    const upstreams = await startUpstreams();
    const { github } = upstreams;
    // What the branches hold is a commit like any other here; the branch itself is below them.
    const branch = (tenant: string, tag: string) =>
      github.commit({ [tenantPath(tenant)]: tenantFile(tenant, tag) });
    const c = branch('tenant-c', 'sha-ccccccc');
    const d = branch('tenant-d', 'sha-ddddddd');
    github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-aaaaaaa'),
      [tenantPath('tenant-c')]: undefined,
      [tenantPath('tenant-d')]: undefined,
    });
    github.pulls.push(
      {
        number: 12,
        head: 'onboard/tenant-c',
        sha: c,
        title: 'Onboard <img src=x onerror=alert(1)> tenant-c',
        body: 'Adds\n\nRequested by: `user:default/ada`\n\nTask: 1',
        mergeable: true,
        checks: { gitops: 'success', lint: 'skipped' },
      },
      {
        number: 13,
        head: 'onboard/tenant-d',
        sha: d,
        mergeable: true,
        body: 'Requested by: `user:default/<b>x</b>`',
        checks: { gitops: 'failure', lint: undefined },
        statuses: { freeze: 'error' },
        reviews: [['lin', 'APPROVED']],
      },
      // Whatever else there is: none of it is an onboarding of ours.
      { number: 14, head: 'onboard/tenant-e', sha: c, repository: 'mallory/platform' },
      { number: 15, head: 'onboard/tenant-f', sha: c, repository: null },
      { number: 16, head: 'onboard/../../main', sha: c },
      { number: 17, head: 'onboard/Tenant-C', sha: c },
      { number: 18, head: 'onboard/tenant-g', sha: c, base: 'next' },
      { number: 19, head: 'bump/demo-api', sha: c },
      {
        number: 9,
        head: 'onboard/tenant-a',
        sha: c,
        state: 'closed',
        mergedAt: '2026-01-03T00:00:00Z',
      },
      { number: 8, head: 'onboard/tenant-h', sha: c, state: 'closed' },
    );
    portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => (await list()).items?.length, 2);
  });

  afterEach(() => portal.stop());

  it('tells what each is, how its checks and reviews are, and who has to act', async () => {
    const { items, source } = await list();
    expect(source.state).toBe('ok');
    expect(items).toEqual([
      expect.objectContaining({
        tenant: 'tenant-d',
        version: 'sha-ddddddd',
        checks: { state: 'failure', failing: ['gitops', 'freeze'] },
        review: 'approved',
        next: expect.objectContaining({ code: 'mend-checks', who: 'requester' }),
      }),
      {
        tenant: 'tenant-c',
        service: 'demo-api',
        displayName: 'TENANT-C',
        version: 'sha-ccccccc',
        owner: 'group:default/tenant-c-owners',
        requestedBy: 'user:default/ada',
        pullRequest: {
          number: 12,
          url: 'https://git.example.com/acme/platform/pull/12',
          title: 'Onboard <img src=x onerror=alert(1)> tenant-c',
          openedAt: '2026-01-01T00:00:00Z',
        },
        state: 'open',
        isDraft: false,
        checks: { state: 'success', failing: [] },
        review: 'waiting',
        merge: 'clean',
        next: expect.objectContaining({ code: 'review', who: 'platform' }),
        others: [],
      },
    ]);
    expect(items[0]).not.toHaveProperty('requestedBy');
  });

  it('follows one to its end', async () => {
    expect((await one('tenant-c')).item).toMatchObject({ state: 'open' });
    expect((await one('tenant-a')).item).toMatchObject({
      state: 'merged',
      pullRequest: { number: 9, endedAt: '2026-01-03T00:00:00Z' },
    });
    expect((await one('tenant-h')).item).toMatchObject({
      state: 'closed',
      next: { code: 'start-again' },
    });
    expect((await one('tenant-x')).item).toBeUndefined();
  });

  it('tells others nothing, not even whether there is one', async () => {
    const paths = ['/pending-tenants', '/pending-tenants/tenant-c', '/pending-tenants/tenant-x'];
    const answers = await Promise.all(paths.map(path => get(path, 'user:default/otto')));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    const [, known, unknown] = answers.map(({ body }) => body.error.message);
    expect(known).toBe(unknown);
    expect(await get('/clusters', 'user:default/otto').then(({ status }) => status)).toBe(403);
  });

  it('refuses a name that is none', async () => {
    expect((await get('/pending-tenants/Tenant')).status).toBe(400);
  });

  it('asks the Git host nothing for a viewer', async () => {
    const { github } = portal;
    const asked = github.requests.filter(line => line.includes('/pulls')).length;
    await Promise.all(Array.from({ length: 50 }, list));
    const more = github.requests.filter(line => line.includes('/pulls')).length - asked;
    // One look, which may fall into the time of the 50 views.
    expect(more).toBeLessThan(10);
  });

  it('offers the clusters of the configuration', async () => {
    expect((await get('/clusters')).body.items.map(({ name }: { name: string }) => name)).toEqual([
      'in-cluster',
    ]);
  });
});

describe('pending tenants, with trouble', () => {
  const start = async () => {
    const upstreams = await startUpstreams();
    upstreams.github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-aaaaaaa') });
    return upstreams;
  };
  const ask = (portal: TestPortal, path = '/pending-tenants') =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(onboarder));

  it('lists 200 open ones, and looks at the newest', async () => {
    const upstreams = await start();
    const [commit] = upstreams.github.commits;
    for (let number = 1; number <= 200; number += 1) {
      upstreams.github.pulls.push({
        number,
        head: `onboard/t${number}`,
        sha: commit.sha,
        mergeable: true,
        checks: { gitops: 'success' },
      });
    }
    const portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => (await ask(portal)).body.items?.length, 200);
    const { items } = (await ask(portal)).body as PendingTenantList;
    expect(items[0]).toMatchObject({ tenant: 't200', checks: { state: 'success' } });
    expect(items.at(-1)).toMatchObject({ tenant: 't1', checks: { state: 'unknown' } });
    await portal.stop();
  });

  it('says 503 while the Git host has told nothing, never an empty list', async () => {
    const upstreams = await start();
    upstreams.github.fault = { fault: { kind: 'status', status: 502 }, path: /\/pulls/ };
    const portal = await startTestPortal(upstreams, { permissions });
    const { status, body } = await ask(portal);
    expect(status).toBe(503);
    expect(body.error.message).not.toContain('127.0.0.1');
    await portal.stop();
  });

  it('says within seconds that the Git host is away, and that it is back', async () => {
    const upstreams = await start();
    const portal = await startTestPortal(upstreams, { permissions });
    const state = async () => (await ask(portal)).body.source?.state;
    await eventually(state, 'ok');
    await upstreams.github.stop();
    await eventually(state, 'down', 12_000);
    await upstreams.github.start();
    await eventually(state, 'ok', 12_000);
    expect((await ask(portal)).status).toBe(200);
    await portal.stop();
  });

  it('shows two for one tenant as two, each with the other', async () => {
    const upstreams = await start();
    const [{ sha }] = upstreams.github.commits;
    upstreams.github.pulls.push(
      { number: 3, head: 'onboard/tenant-c', sha, mergeable: false },
      { number: 4, head: 'onboard/tenant-c', sha, mergeable: true },
    );
    const portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => (await ask(portal)).body.items?.length, 2);
    const { items } = (await ask(portal)).body as PendingTenantList;
    expect(items.map(item => [item.pullRequest.number, item.others[0].number])).toEqual([
      [4, 3],
      [3, 4],
    ]);
    expect(items[1].next.code).toBe('resolve-conflict');
    await portal.stop();
  });

  it('tells of one tenant nothing that is of another at the same commit', async () => {
    const upstreams = await start();
    const { github } = upstreams;
    const sha = github.commit({ [tenantPath('tenant-c')]: tenantFile('tenant-c', 'sha-ccccccc') });
    github.commit({ [tenantPath('tenant-c')]: undefined });
    const checks = { gitops: undefined };
    github.pulls.push({ number: 3, head: 'onboard/tenant-c', sha, checks });
    const portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => (await ask(portal)).body.items?.length, 1);
    github.pulls.push({ number: 4, head: 'onboard/tenant-d', sha, checks });
    await eventually(async () => (await ask(portal)).body.items?.length, 2);
    const { items } = (await ask(portal)).body as PendingTenantList;
    expect(items.map(({ tenant, displayName }) => [tenant, displayName])).toEqual([
      ['tenant-d', undefined],
      ['tenant-c', 'TENANT-C'],
    ]);
    await portal.stop();
  });

  it('shows one at once that the scaffolder of this portal has opened', async () => {
    const upstreams = await start();
    const { github } = upstreams;
    const [{ sha }] = github.commits;
    let publish = async () => {};
    const scaffolder = createBackendPlugin({
      pluginId: 'scaffolder',
      register: env =>
        env.registerInit({
          deps: { events: eventsServiceRef },
          async init({ events }) {
            publish = () => events.publish({ topic: onboardingTopic, eventPayload: {} });
          },
        }),
    });
    const portal = await startTestPortal(upstreams, { permissions, features: [scaffolder] });
    const tenants = async () =>
      (await ask(portal)).body.items?.map(({ tenant }: { tenant: string }) => tenant);
    expect(await eventually(tenants, [])).toEqual([]);
    github.pulls.push({ number: 3, head: 'onboard/tenant-c', sha, mergeable: true });
    await publish();
    expect(await eventually(tenants, ['tenant-c'])).toEqual(['tenant-c']);
    await portal.stop();
  });

  it('knows no checks where the token may not see them', async () => {
    const upstreams = await start();
    const [{ sha }] = upstreams.github.commits;
    upstreams.github.pulls.push({ number: 3, head: 'onboard/tenant-c', sha, mergeable: true });
    upstreams.github.fault = { fault: { kind: 'status', status: 403 }, path: /check-runs/ };
    const portal = await startTestPortal(upstreams, { permissions });
    await eventually(async () => (await ask(portal)).body.items?.length, 1);
    expect((await ask(portal)).body.items[0].checks).toEqual({ state: 'unknown', failing: [] });
    await portal.stop();
  });
});
