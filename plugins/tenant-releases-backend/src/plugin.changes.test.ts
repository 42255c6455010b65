import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { GitRemote } from '@internal/gitops/testUtils';
import {
  createTenantReleaseConditionalDecision,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { GithubOverGit } from './__testUtils__/GithubOverGit';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
  type Upstreams,
} from './__testUtils__/startTestPortal';

// Git's processes take their time on a busy machine.
jest.setTimeout(60_000);

const ada = 'user:default/ada';
const owner = 'user:default/owner';
const viewer = 'user:default/viewer';

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

/** Ada is of the platform, the owner has tenant-a, the viewer sees all and changes nothing. */
const permissions = {
  authorize: async (
    asked: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    asked.map(({ permission }) => ({
      result:
        userOf(credentials) === ada ||
        (userOf(credentials) === viewer && permission.attributes.action === 'read')
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
  authorizeConditional: async (
    asked: QueryPermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    asked.map(({ permission }) => {
      const user = userOf(credentials);
      if (user === ada) return { result: AuthorizeResult.ALLOW };
      if (user === viewer) {
        const mayRead = permission.name === 'tenant-releases.release.read';
        return { result: mayRead ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
      }
      return createTenantReleaseConditionalDecision(
        permission as never,
        tenantReleaseConditions.isTenantOwner({ claims: ['group:default/tenant-a-owners'] }),
      );
    }) as never,
} as never;

let upstreams: Upstreams;
let remote: GitRemote;
let github: GithubOverGit;
let directory: string;
let portal: TestPortal;

const auditor = mockServices.auditor.mock();
const people = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'ada' },
    spec: { profile: { displayName: 'Ada', email: 'ada@example.com' } },
  },
];

const get = (route: string, user: string) =>
  request(portal.server)
    .get(`/api/tenant-releases${route}`)
    .set('Authorization', mockCredentials.user.header(user as typeof ada));

async function start(reader: string, policy?: string) {
  upstreams = await startUpstreams();
  remote = await new GitRemote().start();
  remote.git('config', 'http.receivepack', 'true');
  github = await new GithubOverGit(remote).start();
  directory = await mkdtemp(path.join(tmpdir(), 'changes-'));
  remote.commit({
    [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1', { ring: 1 }),
    [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1', { ring: 1 }),
    [tenantPath('tenant-c')]: tenantFile('tenant-c', 'sha-1', { ring: 0 }),
    ...(policy === undefined ? {} : { 'gitops/policy/releases.yaml': policy }),
  });
  const { host, origin } = new URL(remote.url);
  const config = {
    ...configFor(upstreams),
    integrations: { github: [{ host, apiBaseUrl: github.url, token: 'git-token' }] },
    tenantReleases: {
      gitops: {
        repository: `${origin}/acme/platform`,
        pollSeconds: 1,
        reader,
        mirrorDirectory: directory,
      },
    },
  };
  const features = [catalogServiceMock.factory({ entities: people }), auditor.factory];
  portal = await startTestPortal(upstreams, { config, permissions, features });
  const total = async () => (await get('/releases', ada)).body.totalItems;
  expect(await eventually(total, 3)).toBe(3);
}

afterEach(async () => {
  jest.clearAllMocks();
  await portal.stop();
  await github.stop();
  await remote.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

const change = (body: object, user: string = ada) =>
  request(portal.server)
    .post('/api/tenant-releases/changes')
    .set('Authorization', mockCredentials.user.header(user as typeof ada))
    .send(body);
const branches = () =>
  remote.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n').sort();
const promote = { kind: 'promote', version: 'sha-2', tenants: ['tenant-a'] };

it.each(['api', 'mirror'])('opens a pull request once, as the person (%s)', async reader => {
  await start(reader);
  const dry = await change({ ...promote, dryRun: true });
  expect({ status: dry.status, body: dry.body }).toMatchObject({
    status: 200,
    body: {
      title: 'Promote demo-api to sha-2 for tenant-a',
      tenants: ['tenant-a'],
      leftOut: [],
      concerned: [{ tenant: 'tenant-a', from: 'sha-1', to: 'sha-2', ring: 1 }],
      files: [{ path: tenantPath('tenant-a'), patch: expect.stringContaining('+  tag: sha-2') }],
    },
  });
  expect(dry.body).not.toHaveProperty('pullRequests');
  expect(branches()).toEqual(['main']);

  const first = await change(promote);
  expect({ status: first.status, body: first.body.pullRequests }).toEqual({
    status: 201,
    body: [{ number: 1, url: 'https://git.example.com/acme/platform/pull/1', ring: 1 }],
  });
  const again = await change(promote);
  expect({ status: again.status, body: again.body.pullRequests }).toEqual({
    status: 200,
    body: first.body.pullRequests,
  });
  expect(github.open).toHaveLength(1);
  const [, branch] = [...branches()].sort();
  const facts = remote.git('show', '-s', '--format=%an <%ae>|%cn', branch);
  expect(facts).toBe('Ada <ada@example.com>|Portal');
  expect(remote.git('show', `${branch}:${tenantPath('tenant-a')}`)).toContain('tag: sha-2');
  expect(remote.git('diff', '--name-only', 'main', branch)).toBe(tenantPath('tenant-a'));
});

it('names the field that is wrong, and leaves nothing behind', async () => {
  await start('mirror');
  const answers = await Promise.all(
    [
      { ...promote, kind: 'move' },
      { ...promote, version: 'latest' },
      { ...promote, tenant: 'tenant-a' },
      { kind: 'rollback', version: 'sha-0', tenants: ['tenant-a'] },
      { kind: 'freeze', until: '2020-01-01T00:00:00Z', reason: 'past' },
      { kind: 'set', tenants: ['tenant-a'], set: { tier: 'gold' } },
      { ...promote, rings: [7] },
    ].map(async body => {
      const { status, body: answer } = await change(body);
      return [status, answer.error.message];
    }),
  );
  expect(answers).toEqual([
    [400, expect.stringMatching(/^kind: must be one of promote/)],
    [400, expect.stringMatching(/^version: must be an immutable image tag/)],
    [400, expect.stringMatching(/^tenant: is not a field of a change.*did you mean tenants\?/)],
    [400, expect.stringMatching(/^reason: is missing: rollback needs it/)],
    [400, expect.stringMatching(/^until: /)],
    [400, expect.stringMatching(/^set\.tier: /)],
    [400, expect.stringMatching(/^rings: there is no 7: choose one of 0, 1/)],
  ]);
  const raw = await request(portal.server)
    .post('/api/tenant-releases/changes')
    .set('Authorization', mockCredentials.user.header(ada))
    .set('Content-Type', 'application/json')
    .send('{"kind":');
  expect([raw.status, raw.body.error.message]).toEqual([
    400,
    'request: is no JSON that can be read',
  ]);
  const text = await request(portal.server)
    .post('/api/tenant-releases/changes')
    .set('Authorization', mockCredentials.user.header(ada))
    .set('Content-Type', 'text/plain')
    .send('promote');
  expect([text.status, text.body.error.message]).toEqual([
    400,
    'request: must be JSON, sent with Content-Type: application/json',
  ]);
  expect(branches()).toEqual(['main']);
});

const policy = `badVersions:
  - { version: sha-bad, reason: errors }
freezes:
  - { tenants: [tenant-b], from: 2020-01-01T00:00:00Z, until: 2999-01-01T00:00:00Z, reason: audit }
`;

it('refuses with the code and the words of the check, and says whom it leaves out', async () => {
  await start('mirror', policy);
  const bad = await change({ ...promote, version: 'sha-bad' });
  expect({ status: bad.status, error: bad.body.error }).toMatchObject({
    status: 409,
    error: { name: 'ConflictError', code: 'BAD_VERSION', leftOut: [{ tenant: 'tenant-a' }] },
  });
  const some = await change({ ...promote, tenants: undefined, rings: [1], dryRun: true });
  expect(some.body).toMatchObject({
    tenants: ['tenant-a'],
    leftOut: [{ tenant: 'tenant-b', code: 'FROZEN' }],
  });
});

it('lets owners change their own tenant alone, in the order of the rings', async () => {
  await start('mirror');
  const asOwner = async (body: object) => {
    const { status, body: answer } = await change(body, owner);
    return [status, answer.error?.message ?? answer.error?.code ?? 'done'];
  };
  expect(await asOwner({ ...promote, dryRun: true })).toEqual([
    409,
    expect.stringMatching(/^tenant-a waits for ring 0/),
  ]);
  const rollback = { kind: 'rollback', version: 'sha-0', reason: 'errors', tenants: ['tenant-a'] };
  expect(await asOwner({ ...rollback, dryRun: true })).toEqual([200, 'done']);
  // To somebody else's tenant, the same as for one that there is not.
  const other = await asOwner({ ...rollback, tenants: ['tenant-b'] });
  expect(other).toEqual(await asOwner({ ...rollback, tenants: ['tenant-x'] }));
  expect(other[0]).toBe(404);
  for (const body of [
    { kind: 'mark-bad', version: 'sha-1', reason: 'errors' },
    { kind: 'freeze', until: '2999-01-01T00:00:00Z', reason: 'holidays' },
    { kind: 'freeze', until: '2999-01-01T00:00:00Z', reason: 'holidays', rings: [1] },
    { kind: 'set', tenants: ['tenant-a'], set: { tier: 'premium' } },
    { ...rollback, tenants: ['tenant-a', 'tenant-b'] },
  ]) {
    expect(await asOwner(body)).toEqual([403, expect.stringMatching(/the platform team may/)]);
  }
  const seen = await change({ ...rollback }, owner);
  expect(seen.body.pullRequests).toEqual([{ number: 1, ring: 1 }]);
  const asViewer = await change(rollback, viewer);
  expect(asViewer.status).toBe(403);
  const unknown = await request(portal.server)
    .post('/api/tenant-releases/changes')
    .set('Authorization', mockCredentials.none.header())
    .send(rollback);
  expect(unknown.status).toBe(401);
});

it('tells owners nothing of the policy’s own words, of the repository, or of others', async () => {
  const freeze =
    '{ tenants: [tenant-a], from: 2020-01-01T00:00:00Z, until: 2999-01-01T00:00:00Z, reason: tenant-b moves }';
  await start(
    'mirror',
    `badVersions: [{ version: sha-bad, reason: broke tenant-b }]\nfreezes:\n  - ${freeze}\n`,
  );
  const tell = async (body: object) => {
    const { status, body: answer } = await change({ tenants: ['tenant-a'], ...body }, owner);
    return { status, text: JSON.stringify(answer) };
  };
  const rollback = { kind: 'rollback', reason: 'errors', dryRun: true };
  const answers = [
    await tell({ kind: 'promote', version: 'sha-2', dryRun: true }),
    await tell({ ...rollback, version: 'sha-bad' }),
    await tell({ ...rollback, version: 'sha-0' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 200]);
  expect(answers[0].text).toContain('makes no changes for now');
  expect(answers[1].text).toContain('its list of bad versions');
  remote.git('config', 'http.receivepack', 'false');
  answers.push(await tell({ ...rollback, version: 'sha-0', dryRun: false }));
  expect(answers[3].status).toBe(409);
  for (const { text } of answers)
    expect(text).not.toMatch(/tenant-b|acme\/platform|releases\.yaml/);
  // The platform group is told.
  expect((await change({ ...rollback, tenants: ['tenant-a'], version: 'sha-bad' })).text).toContain(
    'broke tenant-b',
  );
});

it('says what the Git host does not do, and goes on with the same request later', async () => {
  await start('mirror');
  github.refusal = { status: 403, message: 'Resource not accessible by integration' };
  const refused = await change(promote);
  expect([refused.status, refused.body.error.message]).toEqual([
    409,
    expect.stringMatching(/pull-requests: write/),
  ]);
  github.refusal = { status: 422, message: 'A hook at http://hook.internal/x says no' };
  const invalid = await change(promote);
  expect([invalid.status, invalid.body.error.message]).toEqual([
    409,
    expect.stringMatching(/^The Git host refuses the pull request \(422: A hook at/),
  ]);
  expect(invalid.body.error.message).not.toContain('internal');
  github.refusal = undefined;
  // What was pushed before is found again.
  expect(branches()).toHaveLength(2);
  const { status } = await change(promote);
  expect([status, branches().length, github.open.length]).toEqual([201, 2, 1]);
  remote.git('config', 'http.receivepack', 'false');
  const denied = await change({ ...promote, version: 'sha-3' });
  expect(denied.status).toBe(409);
  expect(denied.body.error.message).toMatch(
    /^Branch promote\/demo-api\/\S+ of acme\/platform was not written: /,
  );
});

it('lists the pull requests that change releases, to each what is theirs', async () => {
  await start('mirror');
  await change({ kind: 'hold', reason: 'a *migration*', tenants: ['tenant-a'] });
  await change({ ...promote, tenants: ['tenant-a', 'tenant-b'], onePullRequest: true });
  remote.commit({ x: 'x' }, { branch: 'somebody' });
  github.open.push({
    ...github.open[0],
    number: 9,
    head: { ref: 'somebody', sha: 'a'.repeat(40) },
  });
  const list = async (user: string, query = '') => {
    const { status, body } = await get(`/changes${query}`, user);
    return status === 200
      ? body.items.map(({ pullRequest, kind, tenants }: any) => [
          pullRequest.number,
          kind,
          ...tenants,
        ])
      : status;
  };
  const all = [
    [2, 'promote', 'tenant-a', 'tenant-b'],
    [1, 'hold', 'tenant-a'],
  ];
  expect(await eventually(() => list(ada), all, 15_000)).toEqual(all);
  expect(await list(ada, '?tenant=tenant-b')).toEqual(all.slice(0, 1));
  expect(await list(ada, '?service=other')).toEqual([]);
  expect(await list(owner)).toEqual(all.slice(1));
  const [mine] = (await get('/changes', owner)).body.items;
  expect(mine).toMatchObject({
    kind: 'hold',
    state: 'open',
    tenantCount: 1,
    next: { code: 'review', who: 'platform' },
    pullRequest: { number: 1, title: 'hold tenant-a' },
  });
  expect(mine).not.toHaveProperty('requestedBy');
  expect(mine).not.toHaveProperty('reason');
  expect(mine.pullRequest).not.toHaveProperty('url');
  const [first, second] = (await get('/changes', ada)).body.items;
  expect(second).toMatchObject({
    reason: 'a *migration*',
    pullRequest: { title: 'Hold tenant-a at sha-1' },
  });
  expect(first).toMatchObject({ requestedBy: ada, version: 'sha-2', service: 'demo-api' });
});

it('notes each request in the audit log, with what became of it', async () => {
  const events = { success: jest.fn(async () => {}), fail: jest.fn(async () => {}) };
  auditor.createEvent.mockResolvedValue(events);
  await start('mirror');
  await change(promote);
  expect(auditor.createEvent).toHaveBeenCalledWith(
    expect.objectContaining({
      eventId: 'release-change',
      severityLevel: 'medium',
      meta: { kind: 'promote', version: 'sha-2', tenants: ['tenant-a'], dryRun: false },
    }),
  );
  expect(events.success).toHaveBeenCalledWith({ meta: { pullRequests: [1] } });
  await change({ ...promote, tenants: ['tenant-x'] });
  expect(events.fail).toHaveBeenCalledTimes(2);
});

it('loses nothing and doubles nothing of requests at the same time', async () => {
  await start('mirror');
  const wanted = ['sha-2', 'sha-3', 'sha-4'].flatMap(version =>
    ['tenant-a', 'tenant-b', 'tenant-c'].map(tenant => ({
      kind: 'promote',
      version,
      tenants: [tenant],
    })),
  );
  const answers = await Promise.all([...wanted, ...wanted].map(body => change(body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
  expect(github.open).toHaveLength(wanted.length);
  expect(branches()).toHaveLength(wanted.length + 1);
});
