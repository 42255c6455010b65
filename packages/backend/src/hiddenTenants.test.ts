import { startPortal, type TestPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const api = '/tenant-releases';

/** What is left of a tenant that somebody may not see: nothing, neither in words nor in time. */
describe('a hidden tenant', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  const ask = (path: string) => portal.call('ownerA', api + path);

  it.each([
    '/releases?tenant=TENANT',
    '/releases?tenant=tenant-a,TENANT&counts=true',
    '/releases?q=TENANT',
    '/releases?q=sha-VERSION',
    '/releases?limit=1&counts=true',
  ])('is not in a list, nor in its size or tag: %s', async path => {
    const [hidden, none] = await Promise.all(
      ['b', 'x'].map(letter =>
        ask(path.replace('TENANT', `tenant-${letter}`).replace('VERSION', letter)),
      ),
    );
    expect(hidden.status).toBe(200);
    expect(hidden.text).not.toMatch(/tenant-b|sha-b/);
    const { sources: _, ...told } = JSON.parse(hidden.text);
    const { sources: __, ...toldOfNone } = JSON.parse(none.text);
    expect(told).toEqual(toldOfNone);
    expect(hidden.headers.get('etag')).toBe(none.headers.get('etag'));
  });

  it('has commits that are none in a difference of one’s own tenant', async () => {
    const { commits } = portal.upstreams.github;
    const [own, others] = ['tenant-a', 'tenant-b'].map(
      tenant => commits.find(({ files }) => files.has(`gitops/tenants/${tenant}-values.yaml`))!.sha,
    );
    const answers = await Promise.all(
      [others, 'f'.repeat(40)].map(to =>
        ask(`/releases/tenant-a/demo-api/diff?from=${own}&to=${to}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [hidden, none] = answers.map(({ text }) => text.replace(/[0-9a-f]{40}/g, 'C'));
    expect(hidden).toBe(none);
  });

  const post = (path: string, body: object) =>
    portal.call('ownerA', path, { method: 'POST', body: JSON.stringify(body) });

  it.each([
    ['catalog.entity.read', 'catalog-entity', 'resource:default/TENANT'],
    ['catalog.entity.refresh', 'catalog-entity', 'group:default/TENANT-owners'],
    ['tenant-releases.release.read', 'tenant-release', 'TENANT'],
    ['tenant-releases.change.create', 'tenant-release', 'TENANT'],
  ])('is denied as none is, when permissions are asked for: %s of %s', async (name, type, ref) => {
    const [own, hidden, none] = await Promise.all(
      ['tenant-a', 'tenant-b', 'tenant-x'].map(async tenant => {
        const permission = { type: 'resource', name, attributes: {}, resourceType: type };
        const resourceRef = ref.replace('TENANT', tenant);
        const items = [{ id: '1', permission, resourceRef }];
        const { text } = await post('/permission/authorize', { items });
        return JSON.parse(text).items[0].result;
      }),
    );
    expect([own, hidden, none]).toEqual(['ALLOW', 'DENY', 'DENY']);
  });

  it.each([
    ['catalog', 'catalog-entity', 'resource:default/tenant-b', 'IS_ENTITY_KIND', { kinds: ['x'] }],
    ['tenant-releases', 'tenant-release', 'tenant-b', 'IS_TENANT_OWNER', { claims: ['x'] }],
  ])('cannot be found by conditions of one’s own: %s', async (plugin, type, ref, rule, params) => {
    const not = { resourceType: type, rule, params };
    const items = [{ id: '1', resourceRef: ref, resourceType: type, conditions: { not } }];
    const path = `/${plugin}/.well-known/backstage/permissions/apply-conditions`;
    expect((await post(path, { items })).status).toBe(403);
  });

  it.each([
    '/releases/TENANT/demo-api',
    '/releases/TENANT/demo-api/history',
    '/releases/TENANT/demo-api/resources',
    '/releases/TENANT/demo-api/logs',
    '/argocd/applications/TENANT',
  ])('takes the same time as none: %s', async path => {
    const before = upstreamRequests();
    // A difference that is really there shows in every attempt, a busy machine in one.
    const differs: boolean[] = [];
    while (differs.length < 4 && (differs.at(-1) ?? true)) {
      const { hidden, none } = await medianTimes(path);
      // What is asked of an upstream, or joined, takes longer than the noise of a machine.
      differs.push(Math.abs(hidden - none) >= Math.max(2, none / 2));
    }
    expect(differs).toContain(false);
    expect(upstreamRequests()).toEqual(before);
  });

  /** Milliseconds until the answer for a tenant that is hidden, and for none; taken in turns. */
  async function medianTimes(path: string) {
    const times: Record<string, number[]> = { 'tenant-b': [], 'tenant-x': [] };
    for (let round = 0; round < 40; round += 1) {
      const order = round % 2 ? ['tenant-b', 'tenant-x'] : ['tenant-x', 'tenant-b'];
      for (const tenant of order) {
        const startedAt = performance.now();
        await ask(path.replace('TENANT', tenant));
        times[tenant].push(performance.now() - startedAt);
      }
    }
    return { hidden: median(times['tenant-b']), none: median(times['tenant-x']) };
  }

  /** What was asked about a tenant, but for what is asked all the time. */
  /** What is asked about either tenant; the windows of every Application are asked all the time. */
  function upstreamRequests(): string[] {
    return Object.values(portal.upstreams).flatMap(({ requests }) =>
      requests.filter(
        request => /tenant-b|tenant-x/.test(request) && !request.includes('/syncwindows'),
      ),
    );
  }
});

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
