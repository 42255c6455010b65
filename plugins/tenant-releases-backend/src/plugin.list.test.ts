import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { ListPortal } from './__testUtils__/startListPortal';

jest.setTimeout(60_000);

const values = (tag: string, image = 'acme/api') =>
  `image: { repository: ${image}, tag: "${tag}" }\n`;
const layouts = [{ path: 'tenants/{tenant}.yaml' }];

describe('a list of repositories', () => {
  let portal: ListPortal;

  beforeEach(async () => {
    portal = await new ListPortal().open();
  });
  afterEach(() => portal.stop());

  const startBoth = (more = {}) =>
    portal.start([
      portal.entry(portal.shop, { layouts, ...more }),
      portal.entry(portal.bank, { layouts, ...more }),
    ]);
  const shows = async (rows: string[], ms?: number) =>
    expect(await eventually(() => portal.rows(), rows, ms)).toEqual(rows);
  const states = async () =>
    (await portal.sources()).map(({ id, state, error }) => [id, state, error].join(' ').trim());

  it('is one fleet, in which each release has its own links, history and source', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') }, { author: 'Ada' });
    portal.shop.commit({ 'tenants/acme.yaml': values('1.1.0') }, { author: 'Lin' });
    portal.bank.commit({ 'tenants/bravo.yaml': values('2.0.0') }, { author: 'Bob' });
    await startBoth();
    // Neither Argo CD nor the cluster has them; what is told is told by Git.
    await shows(['acme/api 1.1.0', 'bravo/api 2.0.0']);
    const [shop, bank] = [portal.shop, portal.bank].map(({ url }) => url.replace(/\.git$/, ''));
    const acme = await portal.get('/releases/acme/api');
    expect(acme).toMatchObject({
      gitSource: 'git:0',
      links: { values: `${shop}/blob/main/tenants/acme.yaml#L1` },
    });
    const bravo = await portal.get('/releases/bravo/api');
    expect(bravo).toMatchObject({
      gitSource: 'git:1',
      links: {
        values: `${bank}/blob/main/tenants/bravo.yaml#L1`,
        policy: `${bank}/blob/main/gitops/policy/releases.yaml`,
      },
    });
    const history = async (place: string) =>
      (await portal.get(`/releases/${place}/history`)).items.map(
        ({ version, author }: any) => `${version} ${author}`,
      );
    expect(await history('acme/api')).toEqual(['1.1.0 Lin', '1.0.0 Ada']);
    expect(await history('bravo/api')).toEqual(['2.0.0 Bob']);
    expect(await portal.sources()).toMatchObject([
      { id: 'git:0', name: `${new URL(shop).host}/acme/platform`, state: 'ok' },
      { id: 'git:1', name: `${new URL(bank).host}/acme/platform`, state: 'ok' },
    ]);
    const { items } = await portal.get('/versions');
    expect(items.map(({ version }: any) => version).sort()).toEqual(['1.0.0', '1.1.0', '2.0.0']);
  });

  it('goes on with the others while one is dead, and says which', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') });
    portal.bank.commit({ 'tenants/bravo.yaml': values('2.0.0') });
    await startBoth();
    await shows(['acme/api 1.0.0', 'bravo/api 2.0.0']);
    portal.bank.fault = { kind: 'status', status: 500 };
    await shows(['acme/api 1.0.0', 'bravo/api 2.0.0?'], 20_000);
    expect(await states()).toEqual(['git:0 ok', 'git:1 down server-error']);
    const told = (await portal.sources()).map(({ name }) => name);
    expect(new Set(told).size).toBe(2);
    portal.shop.commit({ 'tenants/acme.yaml': values('1.1.0') });
    await shows(['acme/api 1.1.0', 'bravo/api 2.0.0?']);
    portal.bank.fault = undefined;
    await shows(['acme/api 1.1.0', 'bravo/api 2.0.0'], 30_000);
  });

  it('starts with one that cannot be read as it is configured, and not with none that can', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') });
    portal.bank.authorization = 'Basic other';
    await startBoth();
    await shows(['acme/api 1.0.0']);
    const told = async () => (await states())[1];
    expect(await eventually(told, 'git:1 down unauthorized')).toBe('git:1 down unauthorized');
    // Who the tenants are is not known in full: there may be one of that name.
    expect((await portal.ask('/releases/bravo/api')).status).toBe(503);
  });

  it('does not start when none can be read', async () => {
    portal.shop.authorization = 'Basic other';
    portal.bank.authorization = 'Basic other';
    await expect(startBoth()).rejects.toThrow('tenantReleases.gitops[0].repository');
  });

  it('names the layouts that match nothing, in the repository that they are of', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') });
    portal.bank.commit({ 'clients/bravo.yaml': values('2.0.0') });
    await startBoth();
    await shows(['acme/api 1.0.0']);
    const told = async () => (await portal.sources())[1].error;
    expect(await eventually(told, 'misconfigured')).toBe('misconfigured');
    expect((await portal.sources())[1].detail).toContain('tenantReleases.gitops[1].layouts match');
  });

  it('shows nothing as true of a release that two name, and names both', async () => {
    portal.shop.commit({
      'tenants/acme.yaml': values('1.0.0'),
      'tenants/cora.yaml': values('3.0.0'),
    });
    portal.bank.commit({
      'tenants/acme.yaml': values('9.0.0'),
      'tenants/bravo.yaml': values('2.0.0'),
    });
    await startBoth();
    await shows(['acme/api undefined', 'bravo/api 2.0.0', 'cora/api 3.0.0']);
    const acme = await portal.get('/releases/acme/api');
    expect(acme).toMatchObject({ state: 'unknown', running: [], links: {}, namespace: '' });
    expect(acme).not.toHaveProperty('synced');
    const [{ code, text }, ...others] = acme.reasons;
    expect([code, others]).toEqual(['REPOSITORY_CONFLICT', []]);
    const hosts = [portal.shop, portal.bank].map(({ url }) => new URL(url).host);
    for (const host of hosts) expect(text).toContain(`${host}/acme/platform, tenants/acme.yaml`);
    const leftOut = (await portal.sources()).map(source => source.leftOut);
    expect(leftOut).toEqual(
      [...hosts].reverse().map(host => [
        {
          kind: 'file',
          name: 'tenants/acme.yaml',
          reason: `No version is shown of acme/api: ${host}/acme/platform, tenants/acme.yaml names it too. Take it out of all but one of them.`,
        },
      ]),
    );
    for (const route of ['history', 'logs', 'panels']) {
      expect((await portal.ask(`/releases/acme/api/${route}`)).status).toBe(409);
    }
    portal.bank.commit({ 'tenants/acme.yaml': undefined });
    await shows(['acme/api 1.0.0', 'bravo/api 2.0.0', 'cora/api 3.0.0']);
    expect((await portal.get('/releases/acme/api')).reasons).not.toContainEqual(
      expect.objectContaining({ code: 'REPOSITORY_CONFLICT' }),
    );
  });

  it('reads the repository alone that a push names', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') });
    portal.bank.commit({ 'tenants/bravo.yaml': values('2.0.0') });
    await startBoth({ pollSeconds: 600 });
    await shows(['acme/api 1.0.0', 'bravo/api 2.0.0']);
    portal.shop.commit({ 'tenants/acme.yaml': values('1.1.0') });
    portal.bank.commit({ 'tenants/bravo.yaml': values('2.1.0') });
    await delay(500);
    const before = portal.shop.requests.length;
    await portal.push(portal.bank);
    await shows(['acme/api 1.0.0', 'bravo/api 2.1.0']);
    expect(portal.shop.requests.slice(before)).toEqual([]);
    await portal.push(portal.shop);
    await shows(['acme/api 1.1.0', 'bravo/api 2.1.0']);
  });

  it('tells Applications apart that read the same path of two repositories', async () => {
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 0.1.0\n',
      'chart/templates/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}" }] }\n',
    };
    const shop = portal.shop.commit({ ...chart, 'values.yaml': values('1.0.0') });
    const bank = portal.bank.commit({ ...chart, 'values.yaml': values('2.0.0') });
    const deploy = (name: string, url: string, revision: string) =>
      portal.upstreams.argocd.set(name, {
        revision,
        namespace: name,
        spec: {
          project: 'default',
          source: {
            repoURL: url,
            path: 'chart',
            targetRevision: 'main',
            helm: { valueFiles: ['/values.yaml'] },
          },
          destination: { name: 'in-cluster', namespace: name },
        },
      });
    deploy('one', portal.shop.url, shop);
    deploy('two', portal.bank.url, bank);
    deploy('three', 'https://git.example.com/acme/other', bank);
    await portal.start(
      [portal.shop, portal.bank].map((remote, index) =>
        portal.entry(remote, {
          layouts: [{ path: 'values.yaml', tenant: index === 0 ? 'acme' : 'bravo' }],
        }),
      ),
    );
    const found = async () =>
      ((await portal.get('/releases')).items ?? []).map(
        ({ tenant, namespace, synced }: any) => `${tenant} ${namespace} ${synced?.version}`,
      );
    const expected = ['acme one 1.0.0', 'bravo two 2.0.0'];
    expect(await eventually(found, expected)).toEqual(expected);
  });

  it('joins the repository of our own layout with others', async () => {
    const { github, argocd, kubernetes } = portal.upstreams;
    const revision = github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
      'gitops/policy/releases.yaml':
        'rings: []\nfreezes: []\nbadVersions: [{ version: "1.0.0", reason: broken }]\n',
    });
    argocd.set('tenant-a', { revision, images: ['ghcr.io/acme/demo-api:sha-1'] });
    kubernetes.set('a-1', { tenant: 'tenant-a', version: 'sha-1' });
    kubernetes.set('api-1', {
      tenant: '',
      version: '',
      namespace: 'bravo',
      labels: { 'app.kubernetes.io/instance': 'bravo-api' },
      containers: [{ name: 'main', image: 'acme/api:1.0.0' }],
    });
    const bank = portal.bank.commit({
      'overlays/bravo/kustomization.yaml':
        'resources: [pod.yaml]\nimages: [{ name: acme/api, newTag: "1.0.0" }]\n',
      'overlays/bravo/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: acme/api }] }\n',
    });
    argocd.set('bravo-api', {
      revision: bank,
      namespace: 'bravo',
      spec: {
        project: 'customers',
        source: { repoURL: portal.bank.url, path: 'overlays/bravo', targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace: 'bravo' },
      },
    });
    await portal.start([
      portal.entry(portal.bank, { layouts: [{ path: 'overlays/{tenant}' }] }),
      portal.own,
    ]);
    const found = async () =>
      ((await portal.get('/releases')).items ?? []).map(
        ({ tenant, synced, running, gitSource, reasons }: any) =>
          [
            `${tenant} ${synced?.version} ${running.map(
              (one: any) => `${one.version} x${one.pods}`,
            )}`,
            gitSource,
            ...reasons.map(({ code }: any) => code),
          ].join(' '),
      );
    // A policy binds its own repository: 1.0.0 of another service is not bad for it.
    const expected = ['bravo 1.0.0 1.0.0 x1 git:0', 'tenant-a sha-1 sha-1 x1 git:1'];
    expect(await eventually(found, expected)).toEqual(expected);
    expect((await portal.ask('/pending-tenants')).status).toBe(200);
    expect((await portal.sources()).map(({ leftOut = [] }) => leftOut)).toEqual([[], []]);
  });

  it('keeps what a list of one repository is without the list', async () => {
    portal.shop.commit({ 'tenants/acme.yaml': values('1.0.0') });
    await portal.start([portal.entry(portal.shop, { layouts })]);
    await shows(['acme/api 1.0.0']);
    expect(await portal.sources()).toMatchObject([{ id: 'git', name: 'Git', state: 'ok' }]);
    expect(await portal.get('/releases/acme/api')).not.toHaveProperty('gitSource');
  });

  it.each<[string, object, string]>([
    ['a typo', { valuespath: 'x' }, 'tenantReleases.gitops[1].valuespath is not known'],
    ['an unknown key of a layout', { layouts: [{ paths: 'x' }] }, 'gitops[1].layouts[0] is wrong'],
    ['two of our own', { layouts: undefined }, 'tenantReleases.gitops[1] has no layouts'],
    ['a reader that is none', { reader: 'git' }, 'tenantReleases.gitops[1].reader is not known'],
    ['valuesPath', { valuesPath: '{tenant}.yaml' }, 'tenantReleases.gitops[1].valuesPath stands'],
    [
      'a host that nobody knows',
      { repository: 'https://other.example.com/acme/platform' },
      'other.example.com of tenantReleases.gitops[1].repository',
    ],
  ])('refuses to start with %s, and names the setting', async (_, more, message) => {
    const entries = [portal.own, portal.entry(portal.bank, { layouts, ...more })];
    await expect(portal.start(JSON.parse(JSON.stringify(entries)))).rejects.toThrow(message);
  });
});
