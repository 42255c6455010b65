import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createDiff, createResource, createResources } from '../testing/detailFixtures';
import {
  createEntry,
  createLine,
  createPanel,
  createRelease,
  createRow,
  createSource,
} from '../testing/fixtures';
import { createGitReport } from '../testing/sourceFixtures';
import { createPending } from '../testing/pendingFixtures';
import { forgetServerTime, serverNow } from './serverClock';
import { TenantReleasesClient } from './TenantReleasesClient';

const base = 'http://portal.test/api/tenant-releases';
const server = setupServer();
registerMswTestHooks(server);

const client = new TenantReleasesClient(
  mockApis.fetch({
    resolvePluginProtocol: { discoveryApi: mockApis.discovery({ baseUrl: 'http://portal.test' }) },
    injectIdentityAuth: { token: 'token-of-ada' },
  }),
);
const key = { tenant: 'tenant-a', service: 'demo-api' };

/** Serves an answer and gives back the requests that came for it. */
function serve(path: string, body: unknown, status = 200): Request[] {
  const requests: Request[] = [];
  server.use(
    http.get(`${base}${path}`, ({ request }) => {
      requests.push(request);
      return typeof body === 'string'
        ? new HttpResponse(body, { status })
        : HttpResponse.json(body as object, { status });
    }),
  );
  return requests;
}

const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

describe('TenantReleasesClient', () => {
  it.each([200, 503])('takes the server’s clock from an answer of %d', async status => {
    forgetServerTime();
    const time = Date.now() + 10 * 60_000;
    server.use(
      http.get(`${base}/sources`, () =>
        HttpResponse.json(
          { items: [] },
          { status, headers: { date: new Date(time).toUTCString() } },
        ),
      ),
    );
    await client.listSources().catch(() => undefined);
    expect(Math.abs(serverNow() - time)).toBeLessThan(2_000);
    forgetServerTime();
  });

  it('keeps what an answer says of the beginning of an outage and of now', async () => {
    const source = createSource({ state: 'down', currentAt: '2026-11-23T11:57:00.000Z' });
    const panel = createPanel({ source, isPartial: true });
    serve('/releases/tenant-a/demo-api/panels/cpu', panel);
    expect(await client.getPanel(key, 'cpu', { start: 0, end: 60, step: 15 })).toEqual(panel);
  });

  it('reads a page of releases, as the signed-in user', async () => {
    const row = createRow();
    const requests = serve('/releases', {
      items: [{ ...row, novelty: 1 }],
      totalItems: 5_000,
      nextCursor: 'next',
      counts: { 'in-sync': 4_999, held: 1 },
      sources: [createSource()],
    });
    const page = await client.listReleases({ service: 'demo-api', limit: 60, counts: true });
    expect(page).toEqual({
      items: [row],
      totalItems: 5_000,
      nextCursor: 'next',
      counts: { 'in-sync': 4_999, held: 1, degraded: 0, drifted: 0, progressing: 0, unknown: 0 },
      sources: [createSource()],
    });
    const fields =
      'displayName,tier,ring,ringName,owner,contact,cluster,desired,synced,running,state,delivery,serving,reasons,hold,gitSource,staleSeconds';
    expect(queryOf(requests[0])).toEqual({
      service: 'demo-api',
      limit: '60',
      counts: 'true',
      fields,
    });
    expect(requests[0].headers.get('authorization')).toBe('Bearer token-of-ada');
    await client.listReleases({ tenants: ['tenant-a', 'tenant-b'], cursor: 'next' });
    expect(queryOf(requests[1])).toEqual({ tenant: 'tenant-a,tenant-b', cursor: 'next', fields });
  });

  it('encodes what goes into a path', async () => {
    const requests = serve('/releases/*', createRelease());
    await client.getRelease({ tenant: '../x', service: 'a/b?c' });
    expect(new URL(requests[0].url).pathname).toBe(
      '/api/tenant-releases/releases/..%2Fx/a%2Fb%3Fc',
    );
  });

  it('reads onboardings and clusters, and leaves out what it cannot read', async () => {
    const pending = createPending();
    const source = createSource({ kind: 'git' });
    serve('/pending-tenants', { items: [pending, { tenant: 'odd' }], source });
    serve('/pending-tenants/tenant-c', { item: pending, source });
    serve('/pending-tenants/tenant-x', { source });
    serve('/clusters', { items: [{ name: 'in-cluster', tenants: 2 }] });
    expect(await client.listPendingTenants()).toEqual({ items: [pending], source });
    expect(await client.getPendingTenant('tenant-c')).toEqual({ item: pending, source });
    expect(await client.getPendingTenant('tenant-x')).toEqual({ source });
    expect(await client.listClusters()).toEqual([{ name: 'in-cluster', tenants: 2 }]);
  });

  it('reads reports of sources, and leaves out what it cannot read', async () => {
    const report = createGitReport({ leftOutCount: 1 });
    serve('/sources/report', { items: [report, { id: 'odd' }] });
    expect(await client.reportSources()).toEqual([report]);
    const entries = { items: [], matchCount: 0, totalCount: 7 };
    const requests = serve('/sources/entries', entries);
    const query = { source: 'argocd:main', list: 'unused', limit: 100 } as const;
    expect(await client.listSourceEntries({ ...query, text: 'a&b' })).toEqual(entries);
    await client.listSourceEntries({ ...query, text: '' });
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      '?source=argocd%3Amain&list=unused&limit=100&q=a%26b',
      '?source=argocd%3Amain&list=unused&limit=100',
    ]);
  });

  it('reads history, panels, logs, sources and versions', async () => {
    const history = { items: [createEntry()], sources: [createSource()] };
    serve('/releases/tenant-a/demo-api/history', history);
    const panels = {
      items: [{ id: 'request-rate', title: 'Requests', unit: 'requests/s', kind: 'line' }],
    };
    serve('/releases/tenant-a/demo-api/panels', panels);
    const panelRequests = serve('/releases/tenant-a/demo-api/panels/request-rate', createPanel());
    const logs = { lines: [createLine()], truncated: true, source: createSource({ kind: 'loki' }) };
    const logRequests = serve('/releases/tenant-a/demo-api/logs', logs);
    serve('/sources', { items: [createSource()] });
    serve('/versions', { items: [{ version: 'sha-1a2b3c4', tenants: 2, healthy: 2, ready: 2 }] });

    expect(await client.listHistory(key, { limit: 10 })).toEqual(history);
    expect(await client.listPanels(key)).toEqual(panels);
    const span = { start: 1_795_431_600, end: 1_795_435_200 };
    expect(await client.getPanel(key, 'request-rate', { ...span, step: 15 })).toEqual(
      createPanel(),
    );
    expect(queryOf(panelRequests[0])).toEqual({
      start: '2026-11-23T11:00:00.000Z',
      end: '2026-11-23T12:00:00.000Z',
      step: '15',
    });
    const query = { ...span, level: 'error', text: 'a&b', limit: 200 } as const;
    expect(await client.listLogs(key, query)).toEqual(logs);
    expect(queryOf(logRequests[0])).toEqual({
      start: '2026-11-23T11:00:00.000Z',
      end: '2026-11-23T12:00:00.000Z',
      level: 'error',
      q: 'a&b',
      limit: '200',
      direction: 'backward',
    });
    expect(await client.listSources()).toEqual([createSource()]);
    expect(await client.listVersions()).toEqual([
      { version: 'sha-1a2b3c4', tenants: 2, healthy: 2, ready: 2 },
    ]);
  });

  it('reads what is left out and why, as text that is fit to be shown', async () => {
    const git = createSource({
      kind: 'git',
      state: 'down',
      error: 'misconfigured',
      detail: '0 of 1,204 files match.',
      leftOut: [{ kind: 'file', name: 'a.yaml', reason: 'It is no YAML.' }],
      leftOutCount: 300,
    });
    const forged = { kind: 'file', name: 'b\u202Elmay.exe', reason: `${'x'.repeat(600)}` };
    serve('/sources', { items: [git, { ...createSource(), leftOut: [forged], leftOutCount: 1 }] });
    const [told, other] = await client.listSources();
    expect(told).toEqual(git);
    const [{ name, reason }] = other.leftOut ?? [];
    expect(name).not.toContain('\u202E');
    expect(reason.length).toBeLessThanOrEqual(500);
  });

  it('reads why a list is empty, and which pods are a canary', async () => {
    const notice = { code: 'NONE_VISIBLE', text: 'Ask the platform team.' };
    serve('/releases', { items: [], totalItems: 0, sources: [], notice });
    expect(await client.listReleases()).toEqual({ items: [], totalItems: 0, sources: [], notice });
    const running = [{ version: 'sha-2', pods: 1, ready: 1, canary: true as const }];
    serve('/releases/tenant-a/demo-api', createRelease({ running }));
    expect((await client.getRelease(key)).running).toEqual(running);
  });

  it('reads on where a newer server knows more reasons for an empty list', async () => {
    serve('/releases', {
      items: [],
      totalItems: 0,
      sources: [],
      notice: { code: 'NEW', text: 'x' },
    });
    expect((await client.listReleases()).notice).toBeUndefined();
  });

  it('reads differences and resources', async () => {
    const commits = { from: 'a'.repeat(40), to: 'b'.repeat(40) };
    const requests = serve('/releases/tenant-a/demo-api/diff', createDiff(commits));
    expect(await client.getDiff(key, commits)).toEqual(createDiff(commits));
    expect(queryOf(requests[0])).toEqual(commits);
    for (const manifests of [
      { pending: true, retrySeconds: 1 } as const,
      { unavailable: 'Nothing is rendered here: no helm.' },
    ]) {
      serve('/releases/tenant-a/demo-api/diff', createDiff(commits, { manifests }));
      expect((await client.getDiff(key, commits)).manifests).toEqual(manifests);
    }
    serve('/releases/tenant-a/demo-api/resources', createResources());
    expect(await client.listResources(key)).toEqual(createResources());
  });

  it('makes text of strangers fit to be shown: shortened, without control characters', async () => {
    const hostile = `\u001b[31m<script>alert(1)</script>\u202e\u0007${'x'.repeat(1_000_000)}`;
    const expected = /^<script>alert\(1\)<\/script>x+…$/;
    serve('/releases/tenant-a/demo-api', {
      ...createRelease(),
      displayName: hostile,
      reasons: [{ code: 'SYNC_FAILED', text: hostile }],
      hold: { version: 'v', reason: hostile, by: hostile, since: 'now' },
    });
    const { displayName, reasons, hold } = await client.getRelease(key);
    serve('/releases/tenant-a/demo-api/history', {
      items: [createEntry({ message: hostile, author: hostile })],
    });
    const { items } = await client.listHistory(key);
    serve('/releases/tenant-a/demo-api/logs', {
      lines: [createLine({ message: hostile, labels: { pod: hostile } })],
      truncated: false,
      source: createSource(),
    });
    const { lines } = await client.listLogs(key, { start: 0, end: 1, limit: 1 });
    const diff = createDiff();
    serve('/releases/tenant-a/demo-api/diff', {
      ...diff,
      from: { ...diff.from, author: hostile },
      values: { ...diff.values, keys: [{ key: hostile, change: 'added', to: hostile }] },
      manifests: { unavailable: hostile },
    });
    const { from, values, manifests } = await client.getDiff(key, { from: 'a', to: 'b' });
    serve(
      '/releases/tenant-a/demo-api/resources',
      createResources([
        createResource({ name: hostile, health: { status: 'Degraded', message: hostile } }),
      ]),
    );
    const [{ name, health }] = (await client.listResources(key)).items;
    const texts = [
      displayName,
      reasons[0].text,
      hold?.reason,
      hold?.by,
      items[0].message,
      items[0].author,
      lines[0].message,
      lines[0].labels.pod,
      from.author,
      values.keys[0].key,
      values.keys[0].to,
      'unavailable' in manifests && manifests.unavailable,
      name,
      health?.message,
    ];
    for (const text of texts) {
      expect(text).toMatch(expected);
      expect(String(text).length).toBeLessThanOrEqual(8_000);
    }
  });

  it('takes answers of a newer server: unknown keys, states and codes', async () => {
    serve('/releases/tenant-a/demo-api', {
      ...createRelease(),
      novelty: 1,
      state: 'levitating',
      health: { status: 'Euphoric' },
      reasons: [{ code: 'NEW_CODE', text: 'Something new.' }],
    });
    const { novelty, ...release } = (await client.getRelease(key)) as unknown as Record<
      string,
      unknown
    >;
    expect(novelty).toBeUndefined();
    expect(release).toMatchObject({
      state: 'unknown',
      health: { status: 'Unknown' },
      reasons: [{ code: 'NEW_CODE', text: 'Something new.' }],
    });
  });

  it.each([
    ['HTML', '<!doctype html><title>Sign in</title>', 'body'],
    ['an answer cut in half', '{"tenant":"tenant-a","ser', 'body'],
    ['a missing key', { ...createRelease(), running: undefined }, 'running'],
    ['a wrong type', { ...createRelease(), ring: 'one' }, 'ring'],
  ])('refuses %s', async (_, body, where) => {
    serve('/releases/tenant-a/demo-api', body);
    await expect(client.getRelease(key)).rejects.toMatchObject({
      name: 'UnreadableAnswerError',
      message: expect.stringContaining(`${where}: `),
    });
  });

  it.each([400, 401, 403, 404, 429, 500, 503])('hands on a %d', async status => {
    serve(
      '/releases/tenant-a/demo-api/logs',
      { error: { name: 'SomeError', message: 'a reason' }, response: { statusCode: status } },
      status,
    );
    await expect(client.listLogs(key, { start: 0, end: 1, limit: 1 })).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: status,
      body: { error: { message: 'a reason' } },
    });
  });

  it('reads events, and passes over what it does not know', async () => {
    const requests = serve(
      '/events',
      [
        ': hello',
        '',
        'data: {"type":"changed","tenants":["tenant-a"]}',
        '',
        'data: {"type":"other"}',
        '',
        'data: no json',
        '',
        'data: {"type":"changed","tenants":[]}',
        '',
        '',
      ].join('\n'),
    );
    const events: unknown[] = [];
    const onOpen = jest.fn();
    await client.readEvents(event => events.push(event), {
      signal: new AbortController().signal,
      onOpen,
    });
    expect(onOpen).toHaveBeenCalledTimes(1);
    expect(events).toEqual([
      { type: 'changed', tenants: ['tenant-a'] },
      { type: 'changed', tenants: [] },
    ]);
    expect(requests[0].headers.get('accept')).toBe('text/event-stream');
  });

  it('does not call a refused stream open', async () => {
    serve('/events', { error: { name: 'NotAllowedError', message: 'no' } }, 403);
    const onOpen = jest.fn();
    const reading = client.readEvents(() => {}, { signal: new AbortController().signal, onOpen });
    await expect(reading).rejects.toMatchObject({ statusCode: 403 });
    expect(onOpen).not.toHaveBeenCalled();
  });
});
